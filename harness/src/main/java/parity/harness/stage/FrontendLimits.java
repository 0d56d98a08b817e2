package parity.harness.stage;

import parity.compare.Basis;

/**
 * Fixed limits for what the frontend makes: its reference is float32 without a float64 twin. {@code
 * docs/verdict.md} has the figures behind them.
 */
final class FrontendLimits {
  private static final String MEASURED = "measured over recordings of eight rates";

  private FrontendLimits() {}

  static Basis.Fixed of(String name) {
    return switch (name) {
      case "speech_16k", "speech_24k" -> new Basis.Fixed(1e-6, 1e-6, MEASURED);
      case "whisper_mel" -> new Basis.Fixed(1e-6, 1e-5, MEASURED);
      case "fbank" -> new Basis.Fixed(1e-6, 1e-4, MEASURED);
      case "speech_feat" -> new Basis.Fixed(2e-6, 1e-4, MEASURED);
      case "speaker_embedding" -> new Basis.Fixed(1e-5, 1e-4, MEASURED);
      default -> new Basis.Fixed(0, 0, "equal");
    };
  }
}
