package parity.harness.capture;

import java.util.function.Supplier;
import parity.tensors.BadInputException;

/** The capture does not hold what a stage needs; the reason says what, found and expected. */
public final class Blocked extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public Blocked(String reason) {
    super(reason);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }

  /** Runs the native side: what it refuses about captured tensors is the capture's fault. */
  public static <T> T ifRefused(Supplier<T> nativeSide) {
    try {
      return nativeSide.get();
    } catch (BadInputException e) {
      throw new Blocked(String.valueOf(e.getMessage()));
    }
  }
}
