package parity.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import parity.compare.limits.Storage;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * Guesses at what is wrong with a tensor, from what has to be done to it to make it match. A guess
 * is made only if it takes away nearly all of the difference.
 */
public final class Hints {
  /** A guess leaves at most this part of the difference. */
  private static final double LEFT = 1e-2;

  /** Larger tensors are not looked at: people wait for this. */
  private static final long LARGEST = 1 << 24;

  /** Frames by which things are shifted by mistake. */
  private static final int FARTHEST_SHIFT = 3;

  private final Tensor expected;
  private final Tensor actual;
  private final double difference;

  private Hints(Tensor expected, Tensor actual) {
    this.expected = expected;
    this.actual = actual;
    this.difference = squares(i -> i, 1);
  }

  /**
   * What would make the candidate match, in words, the likeliest first; empty if nothing simple
   * would.
   *
   * @param expected what the reference computed
   * @param actual what the candidate computed, of the same floating type
   */
  public static List<String> find(Tensor expected, Tensor actual) {
    long elements = expected.elements();
    if (elements < 2 || elements > LARGEST || elements != actual.elements()) {
      return List.of();
    }
    Hints hints = new Hints(expected, actual);
    if (!expected.shape().equals(actual.shape())) {
      return hints.ofOtherShape();
    }
    if (!(hints.difference > 0) || Double.isInfinite(hints.difference)) {
      return List.of();
    }
    return hints.ofOneShape();
  }

  private List<String> ofOtherShape() {
    List<String> found = new ArrayList<>();
    if (difference == 0) {
      found.add("of the same numbers in the same order, under other axes");
    }
    transposed(actual.shape()).ifPresent(found::add);
    return found;
  }

  private List<String> ofOneShape() {
    List<String> found = new ArrayList<>();
    storage().ifPresent(found::add);
    scale().ifPresent(found::add);
    constant().ifPresent(found::add);
    transposed(expected.shape()).ifPresent(found::add);
    for (int axis = 0; axis < expected.shape().rank(); axis++) {
      reversed(axis).ifPresent(found::add);
      for (int by = 1; by <= FARTHEST_SHIFT; by++) {
        shifted(axis, by).ifPresent(found::add);
        shifted(axis, -by).ifPresent(found::add);
      }
      Permutation.find(expected, actual, axis).ifPresent(found::add);
    }
    for (int axis = expected.shape().rank() - 1; axis >= 0 && found.isEmpty(); axis--) {
      OneIndex.of(expected, actual, axis, LEFT * LEFT * difference).ifPresent(found::add);
    }
    return found;
  }

  /** Rounded to a type of 16 bits, and off by no more than that. */
  private Optional<String> storage() {
    return Stream.of(Storage.F16, Storage.BF16)
        .filter(this::explainedBy)
        .findFirst()
        .map(type ->
            "stored in " + type + ": the rounding to that type explains all of the difference");
  }

  private boolean explainedBy(Storage type) {
    if (actual.dtype() != DType.F32 || expected.dtype() != DType.F32) {
      return false;
    }
    for (long i = 0; i < expected.elements(); i++) {
      float found = actual.getFloat(i);
      float wanted = expected.getFloat(i);
      // A little more, as what was rounded was off by a little, too.
      double step = 1.05 * Math.max(Math.abs(wanted) * type.unit(), type.most(wanted));
      if (!(type.holds(found) && Math.abs(found - wanted) <= step)) {
        return false;
      }
    }
    return true;
  }

  /** The sign, another scale, or a gain so near to 1 that an epsilon may be another. */
  private Optional<String> scale() {
    double products = 0;
    double actualSquares = 0;
    for (long i = 0; i < expected.elements(); i++) {
      products += expected.getDouble(i) * actual.getDouble(i);
      actualSquares += actual.getDouble(i) * actual.getDouble(i);
    }
    double factor = products / actualSquares;
    if (!explains(squares(i -> i, factor))) {
      return Optional.empty();
    }
    if (Math.abs(factor + 1) < LEFT) {
      return Optional.of("of the other sign");
    }
    String why =
        Math.abs(factor - 1) < LEFT
            ? "another epsilon, or a factor rounded otherwise"
            : "another scale";
    return Optional.of(percent(1 / factor) + ": " + why);
  }

  /** {@code 1.01000 times as large as it should be (about 1 % too large)}. */
  static String percent(double factor) {
    double percent = 100 * Math.abs(factor - 1);
    String about =
        factor > 0 && factor <= 2
            ? String.format(
                Locale.ROOT, " (about %.2g %% too %s)", percent, factor > 1 ? "large" : "small")
            : "";
    return String.format(Locale.ROOT, "%.6g times as large as it should be%s", factor, about);
  }

  /** The same constant everywhere. */
  private Optional<String> constant() {
    long elements = expected.elements();
    double sum = 0;
    for (long i = 0; i < elements; i++) {
      sum += actual.getDouble(i) - expected.getDouble(i);
    }
    double constant = sum / elements;
    return explains(difference - elements * constant * constant)
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%.3g too %s everywhere: another constant is added",
                Math.abs(constant),
                constant > 0 ? "large" : "small"))
        : Optional.empty();
  }

  /** The last two axes exchanged; what is compared then has the other's shape. */
  private Optional<String> transposed(Shape shape) {
    int rank = shape.rank();
    if (rank < 2 || shape.dim(rank - 1) == 1 || shape.dim(rank - 2) == 1) {
      return Optional.empty();
    }
    long rows = shape.dim(rank - 2);
    long columns = shape.dim(rank - 1);
    if (!same(expected.shape(), rank, columns, rows)) {
      return Optional.empty();
    }
    LongUnaryOperator place =
        i -> {
          long matrix = i / (rows * columns);
          long row = i / rows % columns;
          return matrix * rows * columns + i % rows * columns + row;
        };
    return explains(squares(place, 1))
        ? Optional.of("transposed: the last two axes are exchanged")
        : Optional.empty();
  }

  private static boolean same(Shape shape, int rank, long rows, long columns) {
    return shape.rank() == rank && shape.dim(rank - 2) == rows && shape.dim(rank - 1) == columns;
  }

  private Optional<String> reversed(int axis) {
    long size = expected.shape().dim(axis);
    long stride = expected.shape().strides()[axis];
    if (size < 2) {
      return Optional.empty();
    }
    LongUnaryOperator place = i -> i + (size - 1 - 2 * (i / stride % size)) * stride;
    return explains(squares(place, 1))
        ? Optional.of("reversed along axis " + axis)
        : Optional.empty();
  }

  /** The places that nothing was shifted to are left out, so there must be many others. */
  private Optional<String> shifted(int axis, int by) {
    long size = expected.shape().dim(axis);
    long stride = expected.shape().strides()[axis];
    if (size <= 2L * FARTHEST_SHIFT) {
      return Optional.empty();
    }
    LongUnaryOperator place =
        i -> {
          long from = i / stride % size + by;
          return from < 0 || from >= size ? -1 : i + by * stride;
        };
    return explains(squares(place, 1))
        ? Optional.of(
            "%d place(s) too %s along axis %d"
                .formatted(Math.abs(by), by > 0 ? "late" : "early", axis))
        : Optional.empty();
  }

  private boolean explains(double left) {
    return left <= LEFT * LEFT * difference;
  }

  /** Squared difference when the candidate's numbers are taken from other places, and scaled. */
  private double squares(LongUnaryOperator place, double factor) {
    double sum = 0;
    for (long i = 0; i < expected.elements(); i++) {
      long from = place.applyAsLong(i);
      if (from >= 0) {
        double difference = factor * actual.getDouble(from) - expected.getDouble(i);
        sum += difference * difference;
      }
    }
    return sum;
  }
}
