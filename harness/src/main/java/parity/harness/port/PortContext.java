package parity.harness.port;

import java.nio.file.Path;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.harness.capture.Capture;
import parity.harness.console.StageLog;

/**
 * What a port works on.
 *
 * @param recordings what the frontend listens to
 * @param log what the port says to people
 * @param out where files that it makes are written
 */
public record PortContext(
    Capture capture,
    CosyVoiceConfig config,
    Path modelDir,
    Recordings recordings,
    StageLog log,
    Path out) {}
