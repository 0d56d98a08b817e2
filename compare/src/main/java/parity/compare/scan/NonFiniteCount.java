package parity.compare.scan;

/** How many elements of a tensor are not numbers, or infinite. */
public record NonFiniteCount(long nan, long infinite) {
  static final NonFiniteCount NONE = new NonFiniteCount(0, 0);

  NonFiniteCount and(NonFiniteCount other) {
    return new NonFiniteCount(nan + other.nan, infinite + other.infinite);
  }

  NonFiniteCount with(double value) {
    return Double.isNaN(value)
        ? new NonFiniteCount(nan + 1, infinite)
        : Double.isInfinite(value) ? new NonFiniteCount(nan, infinite + 1) : this;
  }

  /** For messages: {@code 3 NaN, 0 infinite}. */
  @Override
  public String toString() {
    return nan + " NaN, " + infinite + " infinite";
  }
}
