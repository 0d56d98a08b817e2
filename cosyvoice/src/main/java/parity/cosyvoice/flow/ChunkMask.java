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
    Tensor mask = Tensor.allocate(DType.F32, Shape.of(1, 1, size, size), arena);
    for (int row = 0; row < size; row++) {
      int end = (row / chunkSize + 1) * chunkSize;
      for (int column = end; column < size; column++) {
        mask.setFloat((long) row * size + column, Float.NEGATIVE_INFINITY);
      }
    }
    return mask;
  }
}
