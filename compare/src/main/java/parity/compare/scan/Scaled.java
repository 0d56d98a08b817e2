package parity.compare.scan;

/**
 * A number too large or too small for a double: {@code value} times two to the {@code exponent}.
 * Squares of float64 need it, as those of numbers above 1e154 are infinite and those of numbers
 * below 1e-162 are zero.
 *
 * @param value far from both ends of a double's range wherever the exponent is not 0
 */
record Scaled(double value, int exponent) implements Comparable<Scaled> {
  static final Scaled ZERO = new Scaled(0, 0);

  static Scaled of(double value) {
    return new Scaled(value, 0);
  }

  /** The distance of two finite numbers, which may be more than the largest double. */
  static Scaled distance(double one, double other) {
    double distance = Math.abs(one - other);
    return Double.isInfinite(distance)
        ? new Scaled(Math.abs(one / 4 - other / 4), 2)
        : of(distance);
  }

  static Scaled square(double value) {
    int exponent = Math.getExponent(value);
    double units = Math.scalb(value, -exponent);
    return new Scaled(units * units, 2 * exponent);
  }

  Scaled plus(Scaled other) {
    if (value == 0 || other.value == 0) {
      return value == 0 ? other : this;
    }
    int common = Math.max(exponent, other.exponent);
    return new Scaled(at(common) + other.at(common), common);
  }

  /** A part of this, one of {@code parts}. */
  Scaled part(long parts) {
    return new Scaled(value / parts, exponent);
  }

  Scaled sqrt() {
    int odd = exponent & 1;
    return new Scaled(Math.sqrt(Math.scalb(value, odd)), (exponent - odd) / 2);
  }

  /** This in units of the other; 0 if this is 0, and infinite if only the other is. */
  double over(Scaled other) {
    return value == 0 ? 0 : Math.scalb(value / other.value, exponent - other.exponent);
  }

  Scaled times(Scaled other) {
    return new Scaled(value * other.value, exponent + other.exponent);
  }

  /** The nearest double: infinite, or 0, where the number is beyond the range of one. */
  double toDouble() {
    return at(0);
  }

  private double at(int common) {
    return Math.scalb(value, exponent - common);
  }

  @Override
  public int compareTo(Scaled other) {
    int common = Math.max(exponent, other.exponent);
    return Double.compare(at(common), other.at(common));
  }
}
