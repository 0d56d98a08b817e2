package parity.tensors;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something in a file that is no tensor of a {@link DType}: it is listed, and two of them can be
 * told apart, but its numbers are not read.
 *
 * @param kind what it is: {@code F4}, {@code text of 5 characters}, {@code sparse tensor}, {@code
 *     int}
 * @param shape its axes, where it is an array and they are known
 * @param value how it reads, in one line and cut where it is long; empty for arrays
 * @param digest of all that it holds: the same for two that are equal, and for no others. It reads
 *     the bytes, so it is asked for only when needed, and may throw {@link BadInputException}
 */
public record Other(
    Role role, String kind, Optional<Shape> shape, String value, Supplier<String> digest) {
  /** What becomes of it when two files are compared. */
  public enum Role {
    /** Holds numbers or texts in an array; any format can have it. */
    ARRAY,
    /** A number, a text, a list of such: only a format that holds Python values can have it. */
    VALUE,
    /** Hangs on a tensor or a dict, as {@code _metadata} does on a state_dict: no content. */
    ATTACHED
  }

  public static Other array(String kind, Optional<Shape> shape, Supplier<String> digest) {
    return new Other(Role.ARRAY, kind, shape, "", digest);
  }

  /** For messages: {@code F4 [2, 3]}, {@code int 3}. */
  public String says() {
    String about = shape.map(Shape::toString).orElse(value);
    return about.isEmpty() ? kind : kind + " " + about;
  }
}
