package parity.harness.port.java;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import parity.harness.capture.Blocked;
import parity.harness.capture.TensorNames;
import parity.tensors.Tensor;
import parity.tensors.Tensors;

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
    List<Tensor> ends = new ArrayList<>();
    for (int chunk = 0; chunk < tensors.size(); chunk++) {
      Tensor tensor = tensors.get(chunk);
      int from = offset.applyAsInt(chunk);
      long length = left(name, tensor, chunk, from);
      ends.add(from == 0 ? tensor : Tensors.narrow(tensor, -1, from, length, arena));
    }
    return ends.size() == 1 ? ends.getFirst() : Tensors.concat(ends, -1, arena);
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
    long length = x.shape().dim(-1) - start;
    if (length < 0) {
      throw new Blocked(
          "a chunk is %s, but the one before had %d steps; one of them was cut"
              .formatted(x.shape(), start));
    }
    return Tensors.narrow(x, -1, start, length, arena);
  }

  private static long left(String name, Tensor tensor, int chunk, int offset) {
    long left = tensor.shape().dim(-1) - offset;
    if (offset < 0 || left < 0) {
      throw new Blocked(
          "%s is %s, but %d of its steps are said to be in earlier chunks; one of them was changed"
              .formatted(TensorNames.ofChunk(name, chunk), tensor.shape(), offset));
    }
    return left;
  }
}
