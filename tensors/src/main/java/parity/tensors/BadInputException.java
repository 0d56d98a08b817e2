package parity.tensors;

/**
 * What a caller was given by somebody else cannot be used: a file, a folder, a recording, a text.
 * It is no bug of the caller's, so the message is for that person: one line that names the thing,
 * what was found, what was expected, and what to do. Show it without the stack trace, let the
 * person mend it, and call again. What a caller itself does wrong is an {@link
 * IllegalArgumentException} or an {@link IllegalStateException} instead.
 */
public final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadInputException(String message) {
    super(message);
  }

  public BadInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
