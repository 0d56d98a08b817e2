package parity.compare;

/**
 * How many times noisier than the reference a kind of module may be: {@code sigma <= T}, worst
 * frame, channel or row {@code <= 2 T}, worst element {@code <= 6}, all inclusive.
 *
 * @param t the limit T
 * @param source where it comes from, for the report
 */
public record Limit(double t, String source) {
  /** Limit of {@code max|c - t| / max|r - t|}, whatever the module. */
  public static final double ELEMENT = 6;

  /** No limit is tighter, however quiet the legal variants were. */
  public static final double TIGHTEST = 2;

  /** No limit is looser, however noisy they were. */
  public static final double LOOSEST = 4;

  /** For a kind of module that has not been calibrated. */
  public static final Limit DEFAULT = new Limit(LOOSEST, "default, kind not calibrated");

  /** Limit of the worst frame, channel or row. */
  public double group() {
    return 2 * t;
  }

  /**
   * {@code clamp(1.5 worst, 2, 4)}.
   *
   * @param worst the largest sigma, and half of the largest worst group, of any legal variant
   */
  public static Limit calibrated(double worst, String source) {
    return new Limit(Math.clamp(1.5 * worst, TIGHTEST, LOOSEST), source);
  }
}
