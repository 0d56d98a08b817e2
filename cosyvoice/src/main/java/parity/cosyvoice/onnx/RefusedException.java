package parity.cosyvoice.onnx;

/**
 * ONNX Runtime does not take a graph that was written here, or stops while it computes one. A model
 * file that it cannot read or run is a {@link parity.tensors.BadInputException} instead.
 */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
