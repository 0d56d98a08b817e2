package parity.harness.port.java;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.IntUnaryOperator;
import parity.harness.capture.Blocked;
import parity.harness.capture.Chunks;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** What the chunks of a streaming run come to: of each its end, one behind the other. */
final class Joined {
  private Joined() {}

  /**
   * Joins tensors along the last axis, which is time.
   *
   * @param tensors F32 of the same shape but for the last axis
   * @param offset of a chunk: how much of its tensor was in the chunks before
   * @throws Blocked if an offset lies outside its tensor
   */
  static Tensor of(String name, List<Tensor> tensors, IntUnaryOperator offset, Arena arena) {
    long length = 0;
    for (int chunk = 0; chunk < tensors.size(); chunk++) {
      length += left(name, tensors.get(chunk), chunk, offset.applyAsInt(chunk));
    }
    long[] dims = tensors.getFirst().shape().dims();
    dims[dims.length - 1] = length;
    Tensor joined = Tensor.allocate(DType.F32, Shape.of(dims), arena);
    long at = 0;
    for (int chunk = 0; chunk < tensors.size(); chunk++) {
      int from = offset.applyAsInt(chunk);
      long count = tensors.get(chunk).shape().dim(-1) - from;
      copy(tensors.get(chunk), from, joined, at, count);
      at += count;
    }
    return joined;
  }

  /**
   * Requires that the new steps of a chunk are as many as the captured one has from an offset on.
   *
   * @throws Blocked if they are not
   */
  static void requireEnd(String name, Tensor captured, Tensor fresh, int offset) {
    long expected = captured.shape().dim(-1) - offset;
    if (fresh.shape().dim(-1) != expected) {
      throw new Blocked(
          "%s is %s, %d of its steps from before, but the chunk has %d new ones; one of them was cut"
              .formatted(name, captured.shape(), offset, fresh.shape().dim(-1)));
    }
  }

  /**
   * The steps of x along the last axis from {@code start} on.
   *
   * @throws Blocked if it has fewer
   */
  static Tensor from(Tensor x, long start, Arena arena) {
    long[] dims = x.shape().dims();
    dims[dims.length - 1] -= start;
    if (dims[dims.length - 1] < 0) {
      throw new Blocked(
          "a chunk is %s, but the one before had %d steps; one of them was cut"
              .formatted(x.shape(), start));
    }
    Tensor part = Tensor.allocate(DType.F32, Shape.of(dims), arena);
    copy(x, start, part, 0, dims[dims.length - 1]);
    return part;
  }

  /** The first {@code length} steps of x along the last axis. */
  static Tensor first(Tensor x, long length, Arena arena) {
    long[] dims = x.shape().dims();
    dims[dims.length - 1] = length;
    Tensor part = Tensor.allocate(DType.F32, Shape.of(dims), arena);
    copy(x, 0, part, 0, length);
    return part;
  }

  private static long left(String name, Tensor tensor, int chunk, int offset) {
    long left = tensor.shape().dim(-1) - offset;
    if (offset < 0 || left < 0) {
      throw new Blocked(
          "%s is %s, but %d of its steps are said to be in earlier chunks; one of them was changed"
              .formatted(Chunks.name(name, chunk), tensor.shape(), offset));
    }
    return left;
  }

  private static void copy(Tensor from, long start, Tensor to, long at, long count) {
    long width = from.shape().dim(-1);
    for (long row = 0; row < from.elements() / Math.max(width, 1); row++) {
      MemorySegment.copy(
          from.data(),
          (row * width + start) * Float.BYTES,
          to.data(),
          (row * to.shape().dim(-1) + at) * Float.BYTES,
          count * Float.BYTES);
    }
  }
}
