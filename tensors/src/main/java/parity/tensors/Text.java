package parity.tensors;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
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
    boolean cut = text.length() > LONGEST;
    int end = cut && Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return "'" + (cut ? visible(text.substring(0, end)) + "..." : visible(text)) + "'";
  }

  /**
   * On one line, with all in it to be seen: each control character, each character that ends a line
   * or turns the direction of writing, and each that no Unicode text may hold is written as {@code
   * \\u001b}. A terminal, a log or a page does nothing but show what comes of it.
   */
  public static String visible(String text) {
    return visible(text, false);
  }

  /** As {@link #visible}, of a text whose lines are meant. */
  public static String visibleLines(String text) {
    return visible(text, true);
  }

  private static String visible(String text, boolean lines) {
    int at = firstHidden(text, lines);
    if (at == text.length()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.substring(0, at));
    while (at < text.length()) {
      int point = text.codePointAt(at);
      int next = at + Character.charCount(point);
      if (isHidden(point, lines)) {
        text.substring(at, next).chars().forEach(c -> out.append("\\u%04x".formatted(c)));
      } else {
        out.appendCodePoint(point);
      }
      at = next;
    }
    return out.toString();
  }

  private static int firstHidden(String text, boolean lines) {
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      if (isHidden(point, lines)) {
        break;
      }
      at += Character.charCount(point);
    }
    return at;
  }

  private static boolean isHidden(int point, boolean lines) {
    if (point == '\n') {
      return !lines;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.FORMAT -> isDirection(point);
      default -> (point & 0xFFFE) == 0xFFFE;
    };
  }

  /** What makes text read in another order than it stands. */
  private static boolean isDirection(int point) {
    return (point >= 0x202A && point <= 0x202E)
        || (point >= 0x2066 && point <= 0x2069)
        || point == 0x200E
        || point == 0x200F
        || point == 0x061C;
  }

  /** As it is where that is fit for a message, else as {@link #quote} has it. */
  public static String shown(String text) {
    return text.length() <= LONGEST && visible(text).equals(text) ? text : quote(text);
  }

  /**
   * What a library says of a file, as one line: its words are for a log, what it cites may not be.
   */
  public static String oneLine(String message) {
    return visible(message.strip().replaceAll("\\s*\\R\\s*", " ").replace('\t', ' '));
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
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    return e instanceof FileSystemException f && f.getReason() != null
        ? f.getReason()
        : String.valueOf(e.getMessage());
  }
}
