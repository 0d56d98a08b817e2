package parity.harness.names;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of both sides at once: {@code flow.blocks.{n}.ff#k} and {@code dit/blk{n}/step{k}/ff}. A
 * {@code *} is any text, a <code>{name}</code> a number, and a {@code #k} at the end of an expected
 * name the number of the call, which is 0 where the name has none. A {@code \} takes the meaning
 * from what follows it.
 */
final class NamePattern {
  /** With more, to try a name could take long. */
  private static final int STARS = 4;

  private static final String CALL = "#k";
  private static final Pattern NUMBER = Pattern.compile("\\{([a-z][a-z0-9]{0,9})}");

  private final Pattern expected;
  private final List<String> groups = new ArrayList<>();
  private final List<Piece> actual;

  /** A part of a name. */
  private sealed interface Piece {
    record Literal(String text) implements Piece {}

    record Star() implements Piece {}

    /** Also the number of a call, which is called k. */
    record Counter(String name, boolean call) implements Piece {}
  }

  private NamePattern(String expected, String actual) {
    StringBuilder regex = new StringBuilder();
    Map<String, Integer> numbers = new TreeMap<>();
    int stars = 0;
    for (Piece piece : pieces(expected)) {
      switch (piece) {
        case Piece.Literal(String text) -> regex.append(Pattern.quote(text));
        case Piece.Star() -> {
          groups.add("*" + stars++);
          regex.append("(.*?)");
        }
        case Piece.Counter(String name, boolean call) -> {
          Integer earlier = numbers.putIfAbsent(name, groups.size() + 1);
          if (earlier != null) {
            throw new IllegalArgumentException("has {" + name + "} twice");
          }
          groups.add(name);
          regex.append(call ? "(?:#(\\d+))?" : "(\\d+)");
        }
      }
    }
    if (stars > STARS) {
      throw new IllegalArgumentException("has more than " + STARS + " stars");
    }
    this.expected = Pattern.compile(regex.toString(), Pattern.DOTALL);
    this.actual = pieces(actual);
    long their = this.actual.stream().filter(Piece.Star.class::isInstance).count();
    if (their > stars) {
      throw new IllegalArgumentException(
          "has %d stars on the other side, and %d here".formatted(their, stars));
    }
    for (Piece piece : this.actual) {
      if (piece instanceof Piece.Counter(String name, boolean _) && !numbers.containsKey(name)) {
        throw new IllegalArgumentException("has no {" + name + "}, which the other side has");
      }
    }
  }

  /**
   * A pattern.
   *
   * @throws IllegalArgumentException if it is none; the message goes on after the name
   */
  static NamePattern of(String expected, String actual) {
    return new NamePattern(expected, actual);
  }

  /** Whether a name is of the form of a pattern. */
  static boolean isOne(String name) {
    return pieces(name).stream().anyMatch(piece -> !(piece instanceof Piece.Literal));
  }

  /** The name that is meant by one without a pattern: as it is, but for the signs before signs. */
  static String literal(String name) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces(name)) {
      if (piece instanceof Piece.Literal(String part)) {
        text.append(part);
      }
    }
    return text.toString();
  }

  /** How a name is written that means itself. */
  static String escaped(String name) {
    String escaped = name.replace("\\", "\\\\").replace("*", "\\*").replace("{", "\\{");
    return escaped.endsWith(CALL)
        ? escaped.substring(0, escaped.length() - 2) + "\\" + CALL
        : escaped;
  }

  private static List<Piece> pieces(String name) {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    Matcher number = NUMBER.matcher(name);
    for (int i = 0; i < name.length(); i++) {
      char sign = name.charAt(i);
      Optional<Piece> piece = Optional.empty();
      if (sign == '\\' && i + 1 < name.length()) {
        literal.append(name.charAt(++i));
      } else if (sign == '*') {
        piece = Optional.of(new Piece.Star());
      } else if (sign == '{' && number.find(i) && number.start() == i) {
        piece = Optional.of(new Piece.Counter(number.group(1), false));
        i = number.end() - 1;
      } else if (i == name.length() - CALL.length() && name.endsWith(CALL)) {
        piece = Optional.of(new Piece.Counter("k", true));
        i = name.length();
      } else {
        literal.append(sign);
      }
      if (piece.isPresent()) {
        flush(literal, pieces);
        pieces.add(piece.get());
      }
    }
    flush(literal, pieces);
    return pieces;
  }

  private static void flush(StringBuilder literal, List<Piece> pieces) {
    if (!literal.isEmpty()) {
      pieces.add(new Piece.Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  /** What an expected name is called on the other side; nothing if it is not of the pattern. */
  Optional<String> actual(String name) {
    Matcher matcher = expected.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    int star = 0;
    for (Piece piece : actual) {
      switch (piece) {
        case Piece.Literal(String part) -> text.append(part);
        case Piece.Star() -> text.append(group(matcher, "*" + star++));
        case Piece.Counter(String number, boolean call) -> {
          String value = group(matcher, number);
          text.append(call ? "#" : "").append(value.isEmpty() ? "0" : value);
        }
      }
    }
    return Optional.of(text.toString());
  }

  private String group(Matcher matcher, String name) {
    String value = matcher.group(groups.indexOf(name) + 1);
    return value == null ? "" : value;
  }
}
