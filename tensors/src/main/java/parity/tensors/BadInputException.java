package parity.tensors;

/**
 * Something that a person gave us cannot be used: a file, a text, an option. The message is one
 * line that names the thing, what was found, what was expected, and what to do; the command line
 * prints it without a stack trace and exits with 3.
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
