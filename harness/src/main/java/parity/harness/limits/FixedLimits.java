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

  /** What modules are given that no module has returned, from the reference's own numbers. */
  public static final Basis.Fixed MODULE_INPUTS = relative(1e-5, MEASURED);

  /** Log-probabilities. */
  public static final Basis.Fixed LLM = relative(1e-6, MEASURED);

  /** Probabilities from captured log-probabilities: a float32 sum of all of them divides each. */
  public static final Basis.Fixed PROBABILITIES = relative(1e-6, MEASURED);

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
