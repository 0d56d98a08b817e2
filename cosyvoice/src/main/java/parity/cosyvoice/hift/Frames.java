package parity.cosyvoice.hift;

import java.lang.foreign.Arena;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.Tensors;

/** Stretches of the time axis, which is the last of [1, C, T]. */
final class Frames {
  private Frames() {}

  /** Frames {@code from} to {@code to} of x F32 [1, C, T]. */
  static Tensor slice(Tensor x, long from, long to, Arena arena) {
    return Tensors.narrow(x, -1, from, to - from, arena);
  }

  /** The first frames of x F32 [1, C, T], followed by frames of zeros. */
  static Tensor padded(Tensor x, long count, int zeros, Arena arena) {
    Tensor padded = Tensor.allocate(DType.F32, Shape.of(1, x.shape().dim(1), count + zeros), arena);
    Tensors.copy(x, 0, padded, 0, count, -1);
    return padded;
  }
}
