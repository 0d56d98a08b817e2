package parity.compare.verdict;

import java.nio.charset.StandardCharsets;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.TensorInfo;
import parity.tensors.Text;

/** Where two texts part. */
public record TextDifference(String expected, String actual) {
  private static final int BEFORE = 20;
  private static final int SHOWN = 60;

  /** A text as a tensor: the bytes of its UTF-8 form. */
  public static TensorInfo info(String text) {
    return new TensorInfo(DType.U8, Shape.of(text.getBytes(StandardCharsets.UTF_8).length));
  }

  /** The first character that differs, counted from 0; the shorter length if none does. */
  public int firstAt() {
    int at = 0;
    int index = 0;
    while (index < expected.length()
        && index < actual.length()
        && expected.codePointAt(index) == actual.codePointAt(index)) {
      index += Character.charCount(expected.codePointAt(index));
      at++;
    }
    return at;
  }

  /** For messages: {@code found 'one', expected 'two', first difference at character 0}. */
  @Override
  public String toString() {
    int at = firstAt();
    return "found %s, expected %s, first difference at character %d"
        .formatted(excerpt(actual, at), excerpt(expected, at), at);
  }

  /** The text around a character, in quotes. */
  private static String excerpt(String text, int at) {
    int[] characters = text.codePoints().toArray();
    int from = Math.max(0, Math.min(at, characters.length) - BEFORE);
    int to = Math.min(characters.length, from + SHOWN);
    return (from > 0 ? "..." : "")
        + Text.quote(new String(characters, from, to - from))
        + (to < characters.length ? "..." : "");
  }
}
