package parity.cosyvoice.flow;

import java.lang.foreign.Arena;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** {@code subsequent_chunk_mask} of utils/mask.py. */
final class ChunkMask {
  private ChunkMask() {}

  /**
   * What to add to the attention's scores, [1, 1, size, size]: nothing where the row's frame sees
   * the column's, which are all those of its own chunk and of every chunk before; else minus
   * infinity. A limit on the chunks to the left is not supported upstream either.
   */
  static Tensor of(int size, int chunkSize, Arena arena) {
    return of(0, size, chunkSize, arena);
  }

  /** The rows from {@code first} on, [1, 1, size - first, size]. */
  static Tensor of(int first, int size, int chunkSize, Arena arena) {
    Tensor mask = Tensor.allocate(DType.F32, Shape.of(1, 1, size - first, size), arena);
    for (int row = first; row < size; row++) {
      for (int column = end(row, size, chunkSize); column < size; column++) {
        mask.setFloat((long) (row - first) * size + column, Float.NEGATIVE_INFINITY);
      }
    }
    return mask;
  }

  /** The same as booleans [size, size]: true where the row's frame sees the column's. */
  static Tensor visible(int size, int chunkSize, Arena arena) {
    Tensor mask = Tensor.allocate(DType.BOOL, Shape.of(size, size), arena);
    for (int row = 0; row < size; row++) {
      mask.data().asSlice((long) row * size, end(row, size, chunkSize)).fill((byte) 1);
    }
    return mask;
  }

  /** The first frame that the row's does not see. */
  private static int end(int row, int size, int chunkSize) {
    return Math.min((row / chunkSize + 1) * chunkSize, size);
  }
}
