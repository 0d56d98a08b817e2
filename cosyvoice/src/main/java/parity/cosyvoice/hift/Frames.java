package parity.cosyvoice.hift;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** Stretches of the time axis, which is the last of [1, C, T]. */
public final class Frames {
  private Frames() {}

  /** Frames {@code from} to {@code to} of x F32 [1, C, T]. */
  static Tensor slice(Tensor x, long from, long to, Arena arena) {
    Tensor part = Tensor.allocate(DType.F32, Shape.of(1, x.shape().dim(1), to - from), arena);
    copy(x, from, part, 0, to - from);
    return part;
  }

  /** The first frames of x F32 [1, C, T], followed by frames of zeros. */
  static Tensor padded(Tensor x, long count, int zeros, Arena arena) {
    Tensor padded = Tensor.allocate(DType.F32, Shape.of(1, x.shape().dim(1), count + zeros), arena);
    copy(x, 0, padded, 0, count);
    return padded;
  }

  /** Copies frames of every channel. */
  static void copy(Tensor from, long fromFrame, Tensor to, long toFrame, long frames) {
    for (long c = 0; c < from.shape().dim(1); c++) {
      MemorySegment.copy(
          from.data(),
          (c * from.shape().dim(2) + fromFrame) * Float.BYTES,
          to.data(),
          (c * to.shape().dim(2) + toFrame) * Float.BYTES,
          frames * Float.BYTES);
    }
  }
}
