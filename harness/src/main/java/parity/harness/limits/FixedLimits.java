package parity.harness.limits;

import parity.compare.limits.Basis;
import parity.harness.capture.Capture;
import parity.tensors.Tensor;

/**
 * Limits where there is no float64 truth, with the differences of correct code that they come from
 * in {@code docs/verdict.md}.
 */
public final class FixedLimits {
  private static final String MEASURED = "lawful differences seen, docs/verdict.md";

  /** A decoder's rounding is as the reference's, three times that is the most, and a little. */
  private static final double TIMES_OWN = 4;

  private static final String FLOORS = "three times the reference's worst own, docs/verdict.md";

  /** Mel after all Euler steps. */
  public static final Basis.Fixed FLOW = relative(3e-5, MEASURED);

  /** Every module of the flow. */
  public static final Basis.Fixed FLOW_MODULES = relative(9e-5, FLOORS);

  /** Waveform and source of artifacts of the earlier harness, from the mel. */
  private static final Basis.Fixed HIFT = relative(3e-3, MEASURED);

  /** Everything from the mel: the source's phase sum amplifies rounding. */
  public static final Basis.Fixed HIFT_MODULES = relative(1.5e-2, FLOORS);

  /** Waveform and vocoder modules from Python's own source. */
  public static final Basis.Fixed HIFT_FROM_SOURCE = relative(2e-5, MEASURED);

  /**
   * Vocoder modules from Python's own source, in a decoder that may amplify: no less than {@link
   * #HIFT_FROM_SOURCE}, and four times what Python's own rounding takes off the waveform.
   *
   * @param truth float64 minus float32 of the waveform from that source
   * @param audio the waveform
   */
  public static Basis.Fixed decoder(Tensor truth, Tensor audio) {
    double own = TIMES_OWN * truth.rms() / audio.rms();
    boolean rounding = own <= HIFT_MODULES.relativeL2(); // more than that is no truth
    return rounding && own > HIFT_FROM_SOURCE.relativeL2()
        ? relative(own, "four times Python's own rounding of the waveform")
        : HIFT_FROM_SOURCE;
  }

  /** What modules are given that no module has returned, from the reference's own numbers. */
  public static final Basis.Fixed MODULE_INPUTS = relative(1e-5, MEASURED);

  /** Log-probabilities. */
  public static final Basis.Fixed LLM = relative(1e-6, MEASURED);

  /**
   * Probabilities from captured log-probabilities. A float32 sum of all 6761 divides each: in eight
   * lanes it is off by the square root of 845 roundings, twice as far at the worst.
   */
  public static final Basis.Fixed PROBABILITIES =
      relative(4e-6, "twice the rounding of their sum, docs/verdict.md");

  /** Every module of the language model. */
  public static final Basis.Fixed LLM_MODULES = relative(8e-6, FLOORS);

  /** A random buffer: one unit in the last place of its largest values. */
  public static final Basis.Fixed RANDOM =
      new Basis.Fixed(1e-7, Math.ulp(4f), "one unit in the last place");

  /** What is not computed with: not one bit may differ. */
  public static final Basis.Fixed SAME = new Basis.Fixed(0, 0, "both are the same numbers");

  private FixedLimits() {}

  /** Waveform and source, from the mel. */
  public static Basis.Fixed hift(Capture capture) {
    return switch (capture.settings().truth()) {
      case NONE -> HIFT_MODULES;
      case ALL, UNSAID -> HIFT;
    };
  }

  /** MKL's logarithm is so many units in the last place off at most, on any processor. */
  public static final int LOGARITHM_ULPS = 4;

  /** Exponential numbers, each by itself. */
  public static Basis logarithm(Tensor draws) {
    double[] limits = new double[Math.toIntExact(draws.elements())];
    for (int i = 0; i < limits.length; i++) {
      limits[i] = LOGARITHM_ULPS * (double) Math.ulp(draws.getFloat(i));
    }
    return new Basis.PerElement(
        Tensor.ofDoubles(draws.shape(), limits),
        LOGARITHM_ULPS + " units in the last place of MKL's logarithm");
  }

  private static Basis.Fixed relative(double l2, String source) {
    return new Basis.Fixed(l2, Double.POSITIVE_INFINITY, source);
  }
}
