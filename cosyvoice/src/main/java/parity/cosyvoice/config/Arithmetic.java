package parity.cosyvoice.config;

import java.util.Optional;

/**
 * The arithmetic that hyperpyyaml allows in a {@code !ref} once its references are filled in, as
 * Python computes it: {@code + - * / // % **} and parentheses over unsigned numbers. Whole numbers
 * stay whole but under {@code /}.
 *
 * <p>Reference: hyperpyyaml/core.py, {@code parse_arithmetic}. As there, a sign before a number is
 * no arithmetic, and what is no arithmetic is a text.
 */
final class Arithmetic {
  /** What is written is no arithmetic. */
  private static final class NotArithmetic extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotArithmetic() {
      super(null, null, false, false);
    }
  }

  /** Parentheses deeper than this are nobody's configuration. */
  private static final int MAX_DEPTH = 50;

  private final String text;
  private int at;
  private int depth;

  private Arithmetic(String text) {
    this.text = text;
  }

  /**
   * The value, a {@link Long} or a {@link Double}; empty if the text is no arithmetic.
   *
   * @throws ArithmeticException on a division by zero or a whole number beyond 64 bits
   */
  static Optional<Number> evaluate(String text) {
    Arithmetic parser = new Arithmetic(text);
    try {
      Number value = parser.sum();
      return parser.at == text.length() ? Optional.of(value) : Optional.empty();
    } catch (NotArithmetic e) {
      return Optional.empty();
    }
  }

  private Number sum() {
    if (++depth > MAX_DEPTH) {
      throw new NotArithmetic();
    }
    Number value = product();
    while (true) {
      if (take("+")) {
        value = apply('+', value, product());
      } else if (take("-")) {
        value = apply('-', value, product());
      } else {
        depth--;
        return value;
      }
    }
  }

  private Number product() {
    Number value = power();
    while (true) {
      if (take("//")) {
        value = apply('f', value, power());
      } else if (take("*")) {
        value = apply('*', value, power());
      } else if (take("/")) {
        value = apply('/', value, power());
      } else if (take("%")) {
        value = apply('%', value, power());
      } else {
        return value;
      }
    }
  }

  private Number power() {
    Number base = atom();
    if (!take("**")) {
      return base;
    }
    if (++depth > MAX_DEPTH) {
      throw new NotArithmetic();
    }
    Number value = apply('^', base, power());
    depth--;
    return value;
  }

  private Number atom() {
    if (take("(")) {
      Number value = sum();
      if (!take(")")) {
        throw new NotArithmetic();
      }
      return value;
    }
    int start = at;
    while (at < text.length() && isNumberPart(start)) {
      at++;
    }
    String number = text.substring(start, at);
    spaces();
    try {
      return number.chars().allMatch(Arithmetic::isDigit)
          ? (Number) Long.valueOf(number)
          : (Number) Double.valueOf(number);
    } catch (NumberFormatException e) {
      throw new NotArithmetic();
    }
  }

  private boolean isNumberPart(int start) {
    char c = text.charAt(at);
    boolean sign = c == '-' || c == '+';
    boolean afterExponent = at > start && Character.toLowerCase(text.charAt(at - 1)) == 'e';
    return isDigit(c) || c == '.' || c == 'e' || c == 'E' || (sign && afterExponent);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private boolean take(String operator) {
    spaces();
    boolean longer = operator.equals("*") && text.startsWith("**", at);
    if (longer || !text.startsWith(operator, at)) {
      return false;
    }
    at += operator.length();
    spaces();
    return true;
  }

  private void spaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private static Number apply(char operator, Number left, Number right) {
    if (left instanceof Long a && right instanceof Long b && operator != '/') {
      return switch (operator) {
        case '+' -> Math.addExact(a, b);
        case '-' -> Math.subtractExact(a, b);
        case '*' -> Math.multiplyExact(a, b);
        case 'f' -> Math.floorDiv(a, b);
        case '%' -> Math.floorMod(a, b);
        default -> b < 0 ? (Number) Math.pow(a, b) : (Number) powExact(a, b);
      };
    }
    double a = left.doubleValue();
    double b = right.doubleValue();
    if (b == 0 && (operator == '/' || operator == 'f' || operator == '%')) {
      throw new ArithmeticException("division by zero");
    }
    return switch (operator) {
      case '+' -> a + b;
      case '-' -> a - b;
      case '*' -> a * b;
      case '/' -> a / b;
      case 'f' -> Math.floor(a / b);
      case '%' -> a - b * Math.floor(a / b);
      default -> Math.pow(a, b);
    };
  }

  private static long powExact(long base, long exponent) {
    if (exponent > Integer.MAX_VALUE) {
      throw new ArithmeticException("long overflow");
    }
    return Math.powExact(base, (int) exponent);
  }
}
