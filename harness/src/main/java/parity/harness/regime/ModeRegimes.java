package parity.harness.regime;

import java.util.Arrays;
import java.util.Optional;
import parity.harness.capture.Mode;
import parity.harness.regime.Family.Source;
import parity.harness.result.StageName;

/** How upstream was asked to speak. */
final class ModeRegimes {
  private ModeRegimes() {}

  /** Of the modes in which a stage differs. */
  static Family<Mode> family(StageName stage, Mode... modes) {
    return new Family<>(
        stage,
        "metadata mode",
        (Source source) -> Optional.of(source.mode()),
        Arrays.stream(modes).map(ModeRegimes::regime).toList());
  }

  private static Regime<Mode> regime(Mode mode) {
    int line =
        switch (mode) {
          case ZERO_SHOT -> 91;
          case CROSS_LINGUAL -> 105;
          case VC -> 129;
          case INSTRUCT2 -> 177;
        };
    return new Regime<>(
        "mode " + mode, "cli/cosyvoice.py:" + line, "--mode " + mode, is -> is == mode ? 1 : 0);
  }
}
