package parity.harness.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import parity.compare.limits.Basis;
import parity.compare.limits.Limit;
import parity.compare.scan.Metrics;
import parity.compare.verdict.Judgement;
import parity.compare.verdict.Verdict;
import parity.compare.view.Place;
import parity.harness.result.Exhibit;
import parity.harness.result.Grid;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * Where in a tensor the error is: the two innermost axes that are longer than one, through the
 * worst element. A cell of a map that is smaller than the tensor holds the worst of its elements.
 */
final class ErrorMap {
  private final Tensor expected;
  private final Tensor actual;
  private final Optional<Tensor> residual;
  private final double unit;
  private final long origin;
  private final long[] strides;
  private final int down;
  private final int right;

  private ErrorMap(
      Tensor expected, Tensor actual, Optional<Tensor> residual, double unit, long worst) {
    this.expected = expected;
    this.actual = actual;
    this.residual = residual;
    this.unit = unit;
    Shape shape = expected.shape();
    this.strides = shape.strides();
    List<Integer> axes = new ArrayList<>();
    for (int axis = shape.rank() - 1; axis >= 0 && axes.size() < 2; axis--) {
      if (shape.dim(axis) > 1) {
        axes.add(axis);
      }
    }
    this.right = axes.isEmpty() ? -1 : axes.getFirst();
    this.down = axes.size() < 2 ? -1 : axes.getLast();
    this.origin = worst - at(worst, right) * stride(right) - at(worst, down) * stride(down);
  }

  /**
   * The map of a tensor that was compared; empty if it holds no floats, or was not compared number
   * by number.
   *
   * @param why it is shown
   */
  static Optional<Exhibit.HeatMap> of(
      String why, Verdict verdict, Tensor expected, Tensor actual, Basis basis) {
    return switch (verdict) {
      case Verdict.Match match
          when match.metrics().isPresent() && match.info().shape().elements() > 0 ->
          Optional.of(
              of(why, match, match.judgement(), match.metrics().get(), expected, actual, basis));
      case Verdict.Mismatch wrong when wrong.info().shape().elements() > 0 ->
          Optional.of(of(why, wrong, wrong.judgement(), wrong.metrics(), expected, actual, basis));
      case Verdict.NotFinite wrong ->
          Optional.of(relative(expected, actual, wrong.first().flat()).map(why, wrong));
      default -> Optional.empty();
    };
  }

  private static Exhibit.HeatMap of(
      String why,
      Verdict verdict,
      Judgement judgement,
      Metrics metrics,
      Tensor expected,
      Tensor actual,
      Basis basis) {
    Basis own = basis instanceof Basis.Stored stored ? stored.own() : basis;
    if (judgement instanceof Judgement.Noise noise && own instanceof Basis.Truth truth) {
      Optional<Tensor> residual = Optional.of(truth.residual());
      return new ErrorMap(expected, actual, residual, noise.floor().rms(), noise.worst().flat())
          .map(why, verdict);
    }
    long worst = metrics.maxAt().map(Place::flat).orElse(0L);
    return relative(expected, actual, worst).map(why, verdict);
  }

  private static ErrorMap relative(Tensor expected, Tensor actual, long worst) {
    double squares = 0;
    long finite = 0;
    for (long i = 0; i < expected.elements(); i++) {
      double value = expected.getDouble(i);
      if (Double.isFinite(value)) {
        squares += value * value;
        finite++;
      }
    }
    double rms = Math.sqrt(squares / Math.max(finite, 1));
    return new ErrorMap(expected, actual, Optional.empty(), rms == 0 ? 1 : rms, worst);
  }

  private Exhibit.HeatMap map(String why, Verdict verdict) {
    long height = size(down);
    long width = size(right);
    float[][] worst =
        new float[(int) Math.min(height, Exhibit.CELLS)][(int) Math.min(width, Exhibit.CELLS)];
    for (long row = 0; row < height; row++) {
      float[] cells = worst[(int) (row * worst.length / height)];
      for (long column = 0; column < width; column++) {
        int cell = (int) (column * cells.length / width);
        double error = error(origin + row * stride(down) + column * stride(right));
        // NaN is the worst there is, and stays it.
        if (!(error <= cells[cell]) && !Float.isNaN(cells[cell])) {
          cells[cell] = (float) error;
        }
      }
    }
    return new Exhibit.HeatMap(
        verdict.name(),
        why,
        slice(),
        height,
        width,
        Grid.of(worst.length, worst[0].length, (row, column) -> worst[row][column]),
        residual.isPresent() ? "times the reference's own rounding" : "of the reference's rms",
        residual.isPresent() ? OptionalDouble.of(Limit.ELEMENT) : OptionalDouble.empty());
  }

  private double error(long flat) {
    double reference = expected.getDouble(flat);
    double found = actual.getDouble(flat);
    if (Double.doubleToLongBits(reference) == Double.doubleToLongBits(found)
        && !Double.isFinite(reference)) {
      return 0;
    }
    double truth = reference + residual.map(own -> own.getDouble(flat)).orElse(0.0);
    return Math.abs(found - truth) / unit;
  }

  private String slice() {
    Shape shape = expected.shape();
    String axes =
        LongStream.range(0, shape.rank())
            .mapToObj(axis ->
                axis == down
                    ? "down"
                    : axis == right ? "right" : Long.toString(at(origin, Math.toIntExact(axis))))
            .collect(Collectors.joining(", ", "[", "]"));
    return axes + " of " + Arrays.toString(shape.dims());
  }

  private long size(int axis) {
    return axis < 0 ? 1 : expected.shape().dim(axis);
  }

  private long stride(int axis) {
    return axis < 0 ? 0 : strides[axis];
  }

  private long at(long flat, int axis) {
    return axis < 0 ? 0 : flat / strides[axis] % expected.shape().dim(axis);
  }
}
