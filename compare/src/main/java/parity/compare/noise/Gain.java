package parity.compare.noise;

/**
 * How much of a candidate's error is the truth itself, a little larger or smaller: what another
 * epsilon or scale leaves, which hides below the noise of single elements but not below that of
 * their sum.
 *
 * @param beta {@code <c - t, t> / <t, t>}
 * @param z how many times the noise of such a sum that is, {@code |beta| rms(t) sqrt(n) / rms(c -
 *     t)}
 */
public record Gain(double beta, double z) {
  /** A gain that is less than this is noise. */
  public static final double CERTAIN = 30;

  /**
   * Of sums over n elements.
   *
   * @param products {@code <c - t, t>}
   * @param truthSquares {@code <t, t>}
   * @param errorSquares {@code <c - t, c - t>}
   */
  static Gain of(double products, double truthSquares, double errorSquares, long n) {
    if (truthSquares == 0 || errorSquares == 0) {
      return new Gain(0, 0);
    }
    double beta = products / truthSquares;
    // rms(t) sqrt(n) / rms(c - t) is |t| sqrt(n) / |c - t|.
    return new Gain(beta, Math.abs(beta) * Math.sqrt(truthSquares / errorSquares * n));
  }
}
