package parity.tensors;

/** What is known of a tensor without reading it. */
public record TensorInfo(DType dtype, Shape shape) {
  /** For messages: {@code F32 [1, 80]}. */
  @Override
  public String toString() {
    return dtype + " " + shape;
  }
}
