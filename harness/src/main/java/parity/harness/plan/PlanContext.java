package parity.harness.plan;

import java.lang.foreign.Arena;
import parity.compare.limits.Limits;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.harness.capture.Capture;

/**
 * What a plan is made of.
 *
 * @param config of the model that the capture is of
 * @param limits how noisy each kind of module may be
 * @param arena owns what has to be computed for a plan, such as limits of single elements
 */
public record PlanContext(Capture capture, CosyVoiceConfig config, Limits limits, Arena arena) {}
