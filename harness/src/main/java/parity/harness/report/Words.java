package parity.harness.report;

import java.util.List;
import java.util.Locale;

/** Numbers and lists as sentences have them, the same in every country. */
public final class Words {
  private Words() {}

  /** {@code 18,332}. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 tensor}, {@code 1,403 tensors}. */
  public static String count(long number, String thing) {
    return number(number) + " " + thing + (number == 1 ? "" : "s");
  }

  /** {@code a}, {@code a and b}, {@code a, b and c}. */
  public static String list(List<String> words) {
    return words.size() < 2
        ? String.join("", words)
        : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
  }

  /** Three significant digits: {@code 0.00012} is {@code 1.20e-04}; {@code 31.4}, {@code 1,003}. */
  public static String figure(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return Long.toString((long) value);
    }
    double size = Math.abs(value);
    String format =
        size >= 100 && size < 1e6 ? "%,.0f" : size >= 1e-2 && size < 1e6 ? "%.3g" : "%.2e";
    return String.format(Locale.ROOT, format, value);
  }
}
