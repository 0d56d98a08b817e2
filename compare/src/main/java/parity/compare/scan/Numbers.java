package parity.compare.scan;

import java.util.Locale;

/** Numbers as messages show them, the same in every locale. */
public final class Numbers {
  private Numbers() {}

  /** Four significant digits: {@code 1.234e-07}, {@code 0.5}, {@code NaN}. */
  public static String show(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return Long.toString((long) value);
    }
    double size = Math.abs(value);
    String format = size >= 1e-3 && size < 1e6 ? "%.4g" : "%.3e";
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, format, value)
        : Double.toString(value);
  }
}
