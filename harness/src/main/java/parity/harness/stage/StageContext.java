package parity.harness.stage;

import java.nio.file.Path;
import java.util.Optional;
import parity.compare.Limits;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.harness.capture.Capture;
import parity.harness.report.Progress;
import parity.harness.report.StageLog;

/**
 * What a stage works on.
 *
 * @param promptWav the recording, where the person gave one or it was found
 * @param threads that compute
 * @param limits how noisy each kind of module may be
 * @param log what the stage says to people
 * @param progress how far it is
 * @param out where files that it makes are written
 */
public record StageContext(
    Capture capture,
    CosyVoiceConfig config,
    Path modelDir,
    Optional<Path> promptWav,
    int threads,
    Limits limits,
    StageLog log,
    Progress progress,
    Path out) {}
