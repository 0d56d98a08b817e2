package parity.harness.sampling;

import parity.tensors.Shape;
import parity.tensors.Tensor;


/** Rows of a float32 matrix. */
final class Rows {
  private Rows() {}

  /** One row of {@code matrix [rows, width]}, in place. */
  static Tensor row(Tensor matrix, long row) {
    Shape shape = Shape.of(matrix.shape().dim(1));
    long bytes = shape.elements() * Float.BYTES;
    return Tensor.of(matrix.dtype(), shape, matrix.data().asSlice(row * bytes, bytes));
  }
}
