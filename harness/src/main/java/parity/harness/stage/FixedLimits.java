package parity.harness.stage;

import parity.compare.limits.Basis;
import parity.harness.capture.Capture;

/**
 * Limits where there is no float64 truth, with the differences of correct code that they come from
 * in {@code docs/verdict.md}.
 */
final class FixedLimits {
  private static final String MEASURED = "lawful differences seen, docs/verdict.md";

  private static final String FLOORS = "three times the reference's worst own, docs/verdict.md";

  /** Mel after all Euler steps. */
  static final Basis.Fixed FLOW = relative(3e-5, MEASURED);

  /** Every module of the flow. */
  static final Basis.Fixed FLOW_MODULES = relative(9e-5, FLOORS);

  /** Waveform and source of artifacts of the earlier harness, from the mel. */
  private static final Basis.Fixed HIFT = relative(3e-3, MEASURED);

  /** Everything from the mel: the source's phase sum amplifies rounding. */
  static final Basis.Fixed HIFT_MODULES = relative(1.5e-2, FLOORS);

  /** Waveform and vocoder modules from Python's own source. */
  static final Basis.Fixed HIFT_FROM_SOURCE = relative(2e-5, MEASURED);

  /** What modules are given that no module has returned, from the reference's own numbers. */
  static final Basis.Fixed MODULE_INPUTS = relative(1e-5, MEASURED);

  /** Log-probabilities. */
  static final Basis.Fixed LLM = relative(1e-6, MEASURED);

  /** Probabilities from captured log-probabilities: a float32 sum of all of them divides each. */
  static final Basis.Fixed PROBABILITIES = relative(1e-6, MEASURED);

  /** Every module of the language model. */
  static final Basis.Fixed LLM_MODULES = relative(8e-6, FLOORS);

  /** A random buffer: one unit in the last place of its largest values. */
  static final Basis.Fixed RANDOM =
      new Basis.Fixed(1e-7, Math.ulp(4f), "one unit in the last place");

  /** What is not computed with: not one bit may differ. */
  static final Basis.Fixed SAME = new Basis.Fixed(0, 0, "both are the same numbers");

  private FixedLimits() {}

  /** Waveform and source, from the mel. */
  static Basis.Fixed hift(Capture capture) {
    return switch (capture.settings().truth()) {
      case NONE -> HIFT_MODULES;
      case ALL, UNSAID -> HIFT;
    };
  }

  private static Basis.Fixed relative(double l2, String source) {
    return new Basis.Fixed(l2, Double.POSITIVE_INFINITY, source);
  }
}
