package parity.tensors;

/** What is known of a tensor without reading it. */
public record TensorInfo(DType dtype, Shape shape) {
  /** Of a tensor that is there. */
  public static TensorInfo of(Tensor tensor) {
    return new TensorInfo(tensor.dtype(), tensor.shape());
  }

  /** For messages: {@code F32 [1, 80]}. */
  @Override
  public String toString() {
    return dtype + " " + shape;
  }
}
