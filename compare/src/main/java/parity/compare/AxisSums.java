package parity.compare;

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
  private final long[] counts;

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
    this.counts = new long[groups];
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
    long at = from / stride % size;
    long step = from % stride;
    for (int i = 0; i < count; i++) {
      // What is left over at the end of the axis joins the last group.
      int group = (int) Math.min(at / joined, errors.length - 1);
      errors[group] += error[i] * error[i];
      residuals[group] += residual[i] * residual[i];
      truths[group] += truth[i] * truth[i];
      counts[group]++;
      if (++step == stride) {
        step = 0;
        at = at + 1 == size ? 0 : at + 1;
      }
    }
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
    long last = worst == errors.length - 1 ? shape.dim(axis) - 1 : (worst + 1) * joined - 1;
    return new WorstGroup(new Group(shape, axis, worst * joined, last), ratio);
  }

  private double rms(double[] squares, int group) {
    return Math.sqrt(squares[group] / Math.max(counts[group], 1));
  }
}
