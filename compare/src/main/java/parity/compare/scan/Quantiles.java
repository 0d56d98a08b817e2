package parity.compare.scan;

/**
 * Quantiles of the absolute difference. Read off a histogram of 128 bins per factor of two, so each
 * is the upper edge of its bin: at most 0.8 % too large, never too small, and the same on every
 * run.
 */
public record Quantiles(double q50, double q99, double q999) {
  /** For messages: {@code 50 % 1e-7, 99 % 2e-7, 99.9 % 3e-7}. */
  @Override
  public String toString() {
    return "50 % "
        + Numbers.show(q50)
        + ", 99 % "
        + Numbers.show(q99)
        + ", 99.9 % "
        + Numbers.show(q999);
  }
}
