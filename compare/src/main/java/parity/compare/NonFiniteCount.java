package parity.compare;

/** How many elements of a tensor are not numbers, or infinite. */
public record NonFiniteCount(long nan, long infinite) {
  static final NonFiniteCount NONE = new NonFiniteCount(0, 0);

  /** For messages: {@code 3 NaN, 0 infinite}. */
  @Override
  public String toString() {
    return nan + " NaN, " + infinite + " infinite";
  }
}
