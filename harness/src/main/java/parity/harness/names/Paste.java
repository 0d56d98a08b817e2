package parity.harness.names;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import parity.tensors.DType;

/** Lines for a names file, to be pasted into one. */
public final class Paste {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./#-]*");

  private Paste() {}

  /**
   * The line for one tensor.
   *
   * @param dtype of the other side, where it is another
   */
  public static String line(String expected, String actual, Layout layout, Optional<DType> dtype) {
    Optional<String> name =
        Optional.of(quoted(NamePattern.escaped(actual))).filter(_ -> !actual.equals(expected));
    return entry(quoted(NamePattern.escaped(expected)), name, layout, dtype);
  }

  /** As {@link #line}, of patterns, which are as they stand. */
  public static String pattern(
      String expected, String actual, Layout layout, Optional<DType> dtype) {
    return entry(quoted(expected), Optional.of(quoted(actual)), layout, dtype);
  }

  private static String entry(
      String key, Optional<String> name, Layout layout, Optional<DType> dtype) {
    List<String> fields = new ArrayList<>(layout.fields());
    dtype.ifPresent(type -> fields.add("dtype: " + type));
    if (fields.isEmpty() && name.isPresent()) {
      return key + ": " + name.get();
    }
    name.ifPresent(there -> fields.addFirst("name: " + there));
    return key + ": {" + String.join(", ", fields) + "}";
  }

  /** How a part of a name is written in a pattern so that it means itself. */
  public static String escaped(String name) {
    return NamePattern.escaped(name);
  }

  /** A scalar of YAML that is this text. */
  static String quoted(String text) {
    if (PLAIN.matcher(text).matches() && !isWord(text)) {
      return text;
    }
    if (text.chars().noneMatch(c -> c < ' ' || c == 0x7f || (c >= 0x80 && c < 0xa0))) {
      return "'" + text.replace("'", "''") + "'";
    }
    StringBuilder escaped = new StringBuilder("\"");
    text.chars()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            escaped.append('\\').append((char) c);
          } else if (c < ' ' || (c >= 0x7f && c < 0xa0)) {
            escaped.append("\\x%02x".formatted(c));
          } else {
            escaped.append((char) c);
          }
        });
    return escaped.append('"').toString();
  }

  /** What is no text to YAML without quotes. */
  private static boolean isWord(String text) {
    return Pattern.matches("(?i)true|false|null|default|yes|no|on|off", text);
  }
}
