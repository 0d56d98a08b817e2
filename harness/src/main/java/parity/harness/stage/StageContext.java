package parity.harness.stage;

import java.nio.file.Path;
import java.util.Optional;
import parity.compare.limits.Limits;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.harness.capture.Capture;
import parity.harness.console.Progress;
import parity.harness.console.StageLog;

/**
 * What a stage works on.
 *
 * @param recordings what the frontend listens to
 * @param nativeSide how the native side is made
 * @param limits how noisy each kind of module may be
 * @param log what the stage says to people
 * @param progress how far it is
 * @param out where files that it makes are written
 * @param scope how much is done
 * @param module only what is of that name is looked at, on the reference's own inputs
 */
public record StageContext(
    Capture capture,
    CosyVoiceConfig config,
    Path modelDir,
    Recordings recordings,
    NativeSide nativeSide,
    Limits limits,
    StageLog log,
    Progress progress,
    Path out,
    Scope scope,
    Optional<String> module) {
  /** The same with less to do. */
  StageContext within(Scope narrower) {
    return scope.includes(narrower)
        ? new StageContext(
            capture,
            config,
            modelDir,
            recordings,
            nativeSide,
            limits,
            log,
            progress,
            out,
            narrower,
            module)
        : this;
  }
}
