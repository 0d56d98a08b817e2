package parity.compare;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import parity.compare.verdict.Verdict;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

/** Two tensors of which one is longer along an axis: a frame was lost, or is too many. */
final class Lengths {
  /** What differs by less than this is said to agree. */
  private static final double AGREE = 1e-2;

  private final Tensor expected;
  private final Tensor actual;
  private final int axis;
  private final long common;

  private Lengths(Tensor expected, Tensor actual, int axis) {
    this.expected = expected;
    this.actual = actual;
    this.axis = axis;
    this.common = Math.min(expected.shape().dim(axis), actual.shape().dim(axis));
  }

  /**
   * The verdict on two tensors of one type; none unless they differ along one axis alone, and each
   * has more than one along it: a single one may be meant for all.
   */
  static Optional<Verdict> verdict(String name, Tensor expected, Tensor actual) {
    OptionalInt axis = differing(expected.shape(), actual.shape());
    if (axis.isEmpty()) {
      return Optional.empty();
    }
    Lengths lengths = new Lengths(expected, actual, axis.getAsInt());
    return lengths.common < 2
        ? Optional.empty()
        : Optional.of(
            new Verdict.LengthDiffers(
                name,
                TensorInfo.of(expected),
                TensorInfo.of(actual),
                axis.getAsInt(),
                lengths.rest()));
  }

  private static OptionalInt differing(Shape one, Shape other) {
    int[] axes =
        one.rank() != other.rank()
            ? new int[0]
            : IntStream.range(0, one.rank()).filter(i -> one.dim(i) != other.dim(i)).toArray();
    boolean empty = one.elements() == 0 || other.elements() == 0;
    return axes.length == 1 && !empty ? OptionalInt.of(axes[0]) : OptionalInt.empty();
  }

  private String rest() {
    double first = relativeL2(0, 0);
    if (first <= AGREE) {
      return agrees("first", first);
    }
    double last =
        relativeL2(expected.shape().dim(axis) - common, actual.shape().dim(axis) - common);
    return last <= AGREE
        ? agrees("last", last)
        : String.format(
            Locale.ROOT,
            "the other %d differ too (relative L2 %.3g)",
            common,
            Math.min(first, last));
  }

  private String agrees(String which, double difference) {
    return String.format(
        Locale.ROOT, "the %s %d agree (relative L2 %.3g)", which, common, difference);
  }

  /** Of the common part, which begins at these places. */
  private double relativeL2(long from, long actualFrom) {
    long inner = expected.shape().strides()[axis];
    long outer = expected.elements() / (inner * expected.shape().dim(axis));
    double difference = 0;
    double whole = 0;
    for (long block = 0; block < outer; block++) {
      long one = (block * expected.shape().dim(axis) + from) * inner;
      long other = (block * actual.shape().dim(axis) + actualFrom) * inner;
      for (long i = 0; i < common * inner; i++) {
        double wanted = expected.getDouble(one + i);
        double off = actual.getDouble(other + i) - wanted;
        difference += off * off;
        whole += wanted * wanted;
      }
    }
    return Math.sqrt(difference / whole);
  }
}
