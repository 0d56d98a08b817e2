package parity.compare;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import parity.tensors.Tensor;

/** Whether the slices along one axis are those of the reference in another order. */
final class Permutation {
  /** More slices than this would take too long. */
  private static final int MOST = 4096;

  /** A slice is recognised if it is as near as this, relative to its own size. */
  private static final double NEAR = 1e-3;

  private final Tensor expected;
  private final Tensor actual;
  private final long size;
  private final long stride;

  private Permutation(Tensor expected, Tensor actual, int axis) {
    this.expected = expected;
    this.actual = actual;
    this.size = expected.shape().dim(axis);
    this.stride = expected.shape().strides()[axis];
  }

  /** What is permuted, in words; empty if the slices are not the same in another order. */
  static Optional<String> find(Tensor expected, Tensor actual, int axis) {
    Permutation permutation = new Permutation(expected, actual, axis);
    if (permutation.size < 3
        || permutation.size > MOST
        || expected.elements() / permutation.size < 2) {
      return Optional.empty();
    }
    return permutation.order().map(order -> permutation.says(axis, order));
  }

  /** Slices sorted by their sums meet their likes; each pair must then really be alike. */
  private Optional<int[]> order() {
    int[] ours = sorted(actual);
    int[] theirs = sorted(expected);
    int[] order = new int[ours.length];
    boolean moved = false;
    for (int rank = 0; rank < ours.length; rank++) {
      if (!alike(theirs[rank], ours[rank])) {
        return Optional.empty();
      }
      order[theirs[rank]] = ours[rank];
      moved |= theirs[rank] != ours[rank];
    }
    return moved ? Optional.of(order) : Optional.empty();
  }

  private int[] sorted(Tensor tensor) {
    double[] sums = new double[Math.toIntExact(size)];
    for (long i = 0; i < tensor.elements(); i++) {
      sums[(int) (i / stride % size)] += tensor.getDouble(i);
    }
    return IntStream.range(0, sums.length)
        .boxed()
        .sorted((a, b) -> Double.compare(sums[a], sums[b]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private boolean alike(int theirs, int ours) {
    double difference = 0;
    double whole = 0;
    for (long block = 0; block < expected.elements(); block += size * stride) {
      for (long i = 0; i < stride; i++) {
        double wanted = expected.getDouble(block + theirs * stride + i);
        double found = actual.getDouble(block + ours * stride + i);
        difference += (found - wanted) * (found - wanted);
        whole += wanted * wanted;
      }
    }
    return difference <= NEAR * NEAR * whole;
  }

  private String says(int axis, int[] order) {
    int shown = Math.min(order.length, 8);
    return "permuted along axis %d: places 0 to %d are found at %s"
        .formatted(axis, shown - 1, Arrays.toString(Arrays.copyOf(order, shown)));
  }
}
