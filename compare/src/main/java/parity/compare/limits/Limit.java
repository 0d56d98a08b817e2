package parity.compare.limits;

import parity.tensors.DType;

/**
 * How many times noisier than the reference a kind of module may be: {@code sigma <= T}, worst
 * frame, channel or row {@code <= 2 T}, worst element {@code <= 6}, or more where legal variants
 * were noisier; all inclusive.
 *
 * @param t the limit T
 * @param group limit of the worst frame, channel or row
 * @param element limit of {@code max|c - t| / max|r - t|}
 * @param gain limit of a gain of the candidate over the truth that is certain; infinite if no legal
 *     variant's is known
 * @param source where the limits come from, for the report
 */
public record Limit(double t, double group, double element, double gain, String source) {
  /** No limit of an element is tighter. */
  public static final double ELEMENT = 6;

  /** No T is tighter, however quiet the legal variants were. */
  public static final double TIGHTEST = 2;

  /** No T is looser, however noisy they were. */
  public static final double LOOSEST = 8;

  /** T where no legal variant is known. */
  public static final double UNKNOWN = 4;

  /** What is granted over the worst that was measured. */
  public static final double MARGIN = 1.5;

  /** A gain is unlawful beyond this many times that of any legal variant. */
  public static final double BEYOND_LEGAL = 10;

  /** For a kind of module that has not been calibrated. */
  public static final Limit DEFAULT = of(UNKNOWN, "default, kind not calibrated");

  /**
   * The same of numbers that were rounded once more to be stored. That may be a gain: where many
   * numbers are one that is repeated, all of them are rounded alike.
   */
  public Limit stored(Storage storage) {
    return new Limit(t, group, element, gain + storage.unit(), source + "; stored in " + storage);
  }

  /** T, and 2 T for groups. */
  public static Limit of(double t, String source) {
    return new Limit(t, 2 * t, ELEMENT, Double.POSITIVE_INFINITY, source);
  }

  /**
   * {@code T = clamp(1.5 sigma, 2, 8)}. The limits of groups and elements are 2 T and 6, but at
   * least 1.5 times what legal variants showed: where errors are not independent (all samples of a
   * frame share the error of one phase), a frame of the reference may be right by luck, and a
   * lawful frame then looks wrong.
   *
   * @param sigma the largest of any legal variant
   * @param group the largest of any group of any legal variant
   * @param element the largest of any element of any legal variant
   * @param gain the largest of any legal variant; ten times that is lawful, and never less than the
   *     last place of a float32
   */
  public static Limit calibrated(
      double sigma, double group, double element, double gain, String source) {
    double t = Math.clamp(MARGIN * sigma, TIGHTEST, LOOSEST);
    return new Limit(
        t,
        Math.max(2 * t, MARGIN * group),
        Math.max(ELEMENT, MARGIN * element),
        Math.max(BEYOND_LEGAL * gain, Rounding.unit(DType.F32)),
        source);
  }
}
