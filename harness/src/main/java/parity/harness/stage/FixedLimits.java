package parity.harness.stage;

import parity.compare.Basis;

/**
 * Limits where there is no float64 truth, with the differences of correct code that they come from
 * in {@code docs/verdict.md}.
 */
final class FixedLimits {
  private static final String MEASURED = "lawful differences seen, docs/verdict.md";

  /** Mel after all Euler steps, and every module before it. */
  static final Basis.Fixed FLOW = new Basis.Fixed(3e-5, Double.POSITIVE_INFINITY, MEASURED);

  /** Waveform and vocoder modules from the mel: the source's phase sum amplifies rounding. */
  static final Basis.Fixed HIFT = new Basis.Fixed(3e-3, Double.POSITIVE_INFINITY, MEASURED);

  /** Waveform and vocoder modules from Python's own source. */
  static final Basis.Fixed HIFT_FROM_SOURCE =
      new Basis.Fixed(2e-5, Double.POSITIVE_INFINITY, MEASURED);

  /** Log-probabilities, and every module of the language model. */
  static final Basis.Fixed LLM = new Basis.Fixed(1e-6, Double.POSITIVE_INFINITY, MEASURED);

  /** A random buffer: one unit in the last place of its largest values. */
  static final Basis.Fixed RANDOM =
      new Basis.Fixed(1e-7, Math.ulp(4f), "one unit in the last place");

  private FixedLimits() {}
}
