package parity.cosyvoice.llm;

import java.lang.foreign.Arena;
import parity.cosyvoice.onnx.Weights;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * {@code torch.nn.Embedding}: rows of a matrix that stays where it is, of which only those that are
 * asked for are read.
 */
final class Embedding {
  private final String path;
  private final Tensor weight;

  /**
   * @throws BadInputException if the checkpoint's matrix is not float32 of {@code rows} by {@code
   *     width}
   */
  Embedding(String path, Weights weights, long rows, long width) {
    this.path = path;
    weight = weights.expect(path + ".weight", rows, width);
  }

  /**
   * {@code ids [n], of any shape -> [1, n, width]}.
   *
   * @param ids int32
   * @param arena where the rows live
   * @throws BadInputException if an id has no row
   */
  Tensor of(Tensor ids, Arena arena) {
    Tensor rows = Tensor.allocate(DType.F32, Shape.of(1, ids.elements(), width()), arena);
    for (long i = 0; i < ids.elements(); i++) {
      copyRow(ids.getLong(i), rows, i);
    }
    return rows;
  }

  /** Copies row {@code id} into row {@code at} of {@code target [1, n, width]}. */
  void copyRow(long id, Tensor target, long at) {
    if (id < 0 || id >= weight.shape().dim(0)) {
      throw new BadInputException(
          "token %d has no row in %s: expected 0 to %d"
              .formatted(id, path, weight.shape().dim(0) - 1));
    }
    long bytes = width() * Float.BYTES;
    target.data().asSlice(at * bytes, bytes).copyFrom(weight.data().asSlice(id * bytes, bytes));
  }

  private long width() {
    return weight.shape().dim(1);
  }
}
