package parity.tensors;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.Optional;

/** Text that came from a file, made fit for a message of one line; and strict UTF-8. */
public final class Text {
  /** Characters of it that are shown. */
  public static final int LONGEST = 120;

  /** U+FEFF in UTF-8. */
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private Text() {}

  /** In quotes, without control characters, and cut where it gets too long for a line. */
  public static String quote(String text) {
    StringBuilder out = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (i == LONGEST) {
        out.append("...");
        break;
      }
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('\'').toString();
  }

  /** As it is where that is fit for a message, else as {@link #quote} has it. */
  public static String shown(String text) {
    String quoted = quote(text);
    return quoted.length() == text.length() + 2 && quoted.contains(text) ? text : quoted;
  }

  /**
   * What a library says of a file, as one line: its words are for a log, what it cites may not be.
   */
  public static String oneLine(String message) {
    String joined = message.strip().replaceAll("\\s*\\R\\s*", " ").replace('\t', ' ');
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < joined.length(); i++) {
      char c = joined.charAt(i);
      if (Character.isISOControl(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** The bytes of a text in UTF-8 without the byte order mark that some editors put before it. */
  public static byte[] withoutMark(byte[] text) {
    boolean marked =
        text.length >= MARK.length && Arrays.equals(text, 0, MARK.length, MARK, 0, MARK.length);
    return marked ? Arrays.copyOfRange(text, MARK.length, text.length) : text;
  }

  /** The text of these bytes, or nothing where they are not UTF-8. */
  public static Optional<String> utf8(ByteBuffer bytes) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Whether the text has a UTF-8 form; a lone surrogate has none. */
  public static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** Why the operating system refused, in its own words. */
  public static String reason(Exception e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e instanceof FileSystemException f && f.getReason() != null
        ? f.getReason()
        : String.valueOf(e.getMessage());
  }
}
