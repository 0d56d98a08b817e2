package parity.tensors.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a Python literal as {@code ast.literal_eval} does, as far as the headers of NumPy's files
 * have them: texts, whole numbers (Python 2 wrote {@code 4L}), booleans, None, tuples, lists and
 * dicts. A value is a {@link String}, {@link Long}, {@link Boolean}, {@link Absent}, {@link
 * Grouped}, {@link List} or {@link Map}.
 */
final class PythonLiteral {
  private static final int MAX_DEPTH = 32;

  /** Python's None. */
  enum Absent {
    NONE
  }

  /** A tuple, as against a list. */
  record Grouped(List<Object> items) {}

  private final String text;
  private int at;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /** The value, or nothing where the text is no such literal, or more follows it than blanks. */
  static Optional<Object> parse(String text) {
    PythonLiteral literal = new PythonLiteral(text);
    try {
      Object value = literal.value(0);
      literal.skipBlanks();
      return literal.at == text.length() ? Optional.of(value) : Optional.empty();
    } catch (NotLiteral e) {
      return Optional.empty();
    }
  }

  /** The text is something else; caught in {@link #parse}. */
  private static final class NotLiteral extends Exception {
    private static final long serialVersionUID = 1L;

    NotLiteral() {
      super(null, null, false, false);
    }
  }

  private Object value(int depth) throws NotLiteral {
    if (depth > MAX_DEPTH) {
      throw new NotLiteral();
    }
    skipBlanks();
    char first = peek();
    return switch (first) {
      case '\'', '"' -> quoted();
      case '(' -> tuple(depth);
      case '[' -> {
        at++;
        yield items(']', depth).items();
      }
      case '{' -> dict(depth);
      default -> first == '-' || isDigit(first) ? number() : word();
    };
  }

  private Object word() throws NotLiteral {
    int start = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    if ((word.equals("u") || word.equals("b")) && at < text.length()) {
      return quoted();
    }
    return switch (word) {
      case "True" -> true;
      case "False" -> false;
      case "None" -> Absent.NONE;
      default -> throw new NotLiteral();
    };
  }

  private Long number() throws NotLiteral {
    int start = at;
    at += peek() == '-' ? 1 : 0;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    String digits = text.substring(start, at);
    if (at < text.length() && text.charAt(at) == 'L') {
      at++;
    }
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      throw new NotLiteral();
    }
  }

  private String quoted() throws NotLiteral {
    char quote = peek();
    if (quote != '\'' && quote != '"') {
      throw new NotLiteral();
    }
    StringBuilder value = new StringBuilder();
    for (at++; peek() != quote; at++) {
      if (peek() == '\\') {
        at++;
        if (peek() != quote && peek() != '\\') {
          value.append('\\');
        }
      }
      value.append(peek());
    }
    at++;
    return value.toString();
  }

  /** In brackets: a tuple, or where no comma is in it, one value. */
  private Object tuple(int depth) throws NotLiteral {
    at++;
    int commas = at;
    Grouped items = items(')', depth);
    boolean comma = text.substring(commas, at - 1).stripTrailing().endsWith(",");
    return items.items().size() == 1 && !comma ? items.items().getFirst() : items;
  }

  private Grouped items(char end, int depth) throws NotLiteral {
    List<Object> items = new ArrayList<>();
    skipBlanks();
    while (peek() != end) {
      items.add(value(depth + 1));
      separator(end);
    }
    at++;
    return new Grouped(items);
  }

  private Map<Object, Object> dict(int depth) throws NotLiteral {
    at++;
    Map<Object, Object> items = new LinkedHashMap<>();
    skipBlanks();
    while (peek() != '}') {
      Object key = value(depth + 1);
      skipBlanks();
      if (peek() != ':') {
        throw new NotLiteral();
      }
      at++;
      items.put(key, value(depth + 1));
      separator('}');
    }
    at++;
    return items;
  }

  /** A comma, which may be left out before the end. */
  private void separator(char end) throws NotLiteral {
    skipBlanks();
    if (peek() == ',') {
      at++;
      skipBlanks();
    } else if (peek() != end) {
      throw new NotLiteral();
    }
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() throws NotLiteral {
    if (at >= text.length()) {
      throw new NotLiteral();
    }
    return text.charAt(at);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
