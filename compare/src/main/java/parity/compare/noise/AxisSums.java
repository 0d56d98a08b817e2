package parity.compare.noise;

import parity.tensors.Shape;

/** Sums of squares over all groups along one axis. */
final class AxisSums {
  /** A group holds at least this many elements; neighbours are joined until it does. */
  static final long SMALLEST_GROUP = 32;

  private final Shape shape;
  private final int axis;
  private final long stride;
  private final long joined;
  private final double[] errors;
  private final double[] residuals;
  private final double[] truths;

  /**
   * @throws IllegalArgumentException unless {@link #tells} something about that axis
   */
  AxisSums(Shape shape, int axis) {
    if (!tells(shape, axis)) {
      throw new IllegalArgumentException("axis " + axis + " of " + shape + " is one group");
    }
    this.shape = shape;
    this.axis = axis;
    this.stride = shape.strides()[axis];
    this.joined = joined(shape, axis);
    int groups = Math.toIntExact(shape.dim(axis) / joined);
    this.errors = new double[groups];
    this.residuals = new double[groups];
    this.truths = new double[groups];
  }

  /** Whether the axis divides the tensor into two groups or more. */
  static boolean tells(Shape shape, int axis) {
    return shape.elements() > 0 && shape.dim(axis) / joined(shape, axis) >= 2;
  }

  private static long joined(Shape shape, int axis) {
    long each = shape.elements() / shape.dim(axis);
    return (SMALLEST_GROUP + each - 1) / each;
  }

  /** A run of {@code count} elements from row-major number {@code from} on. */
  void add(long from, double[] error, double[] residual, double[] truth, int count) {
    long size = shape.dim(axis);
    int done = 0;
    while (done < count) {
      long at = (from + done) / stride % size;
      if (joined == 1 && stride == 1) {
        int run = (int) Math.min(count - done, size - at);
        addEach((int) at, error, residual, truth, done, run);
        done += run;
      } else {
        int group = (int) Math.min(at / joined, errors.length - 1);
        long left = (end(group) - at) * stride - (from + done) % stride;
        int run = (int) Math.min(count - done, left);
        errors[group] += squares(error, done, run);
        residuals[group] += squares(residual, done, run);
        truths[group] += squares(truth, done, run);
        done += run;
      }
    }
  }

  /** Neighbouring elements of neighbouring groups. */
  private void addEach(
      int group, double[] error, double[] residual, double[] truth, int from, int run) {
    for (int i = 0; i < run; i++) {
      errors[group + i] += error[from + i] * error[from + i];
    }
    for (int i = 0; i < run; i++) {
      residuals[group + i] += residual[from + i] * residual[from + i];
    }
    for (int i = 0; i < run; i++) {
      truths[group + i] += truth[from + i] * truth[from + i];
    }
  }

  /** Four sums side by side: one alone waits for each of its additions. */
  private static double squares(double[] values, int from, int run) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = from;
    for (; i + 3 < from + run; i += 4) {
      sum0 += values[i] * values[i];
      sum1 += values[i + 1] * values[i + 1];
      sum2 += values[i + 2] * values[i + 2];
      sum3 += values[i + 3] * values[i + 3];
    }
    for (; i < from + run; i++) {
      sum0 += values[i] * values[i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  /** First place that is no longer of a group; what is left over joins the last one. */
  private long end(int group) {
    return group == errors.length - 1 ? shape.dim(axis) : (group + 1) * joined;
  }

  /** The group whose error stands out most against its own floor. */
  WorstGroup worst(Floor floor) {
    int worst = 0;
    double ratio = -1;
    for (int group = 0; group < errors.length; group++) {
      double held = floor.group(rms(residuals, group), rms(truths, group));
      double found = held == 0 ? 0 : rms(errors, group) / held;
      if (!(found <= ratio)) {
        worst = group;
        ratio = found;
      }
    }
    return new WorstGroup(new Group(shape, axis, worst * joined, end(worst) - 1), ratio);
  }

  private double rms(double[] squares, int group) {
    long width = end(group) - group * joined;
    return Math.sqrt(squares[group] / ((double) shape.elements() / shape.dim(axis) * width));
  }
}
