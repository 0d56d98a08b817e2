package parity.harness.regime;

import java.util.List;
import java.util.Optional;
import parity.harness.regime.Family.Source;
import parity.tensors.Tensor;

/**
 * F0 of all frames, in Hz.
 *
 * @param runs float32 or float64 [1, frames], of each chunk that was captured
 * @param threshold above which a frame is voiced
 */
record Pitch(List<Tensor> runs, double threshold) {
  /** What the F0 predictor returns. */
  static final String TAP = "hift.f0_predictor";

  static Optional<Pitch> of(Source source) {
    return source
        .callsInHift(TAP)
        .map(runs -> new Pitch(runs, source.capture().settings().voicedThreshold()));
  }

  long between(double low, double high) {
    return Family.elements(runs, f0 -> f0 > low && f0 <= high);
  }

  long voiced() {
    return Family.elements(runs, f0 -> f0 > threshold);
  }

  long unvoiced() {
    return Family.elements(runs, f0 -> f0 <= threshold);
  }

  /** Frames that begin to be voiced, or cease to be. */
  long changes(boolean toVoiced) {
    long count = 0;
    for (Tensor f0 : runs) {
      for (long frame = 1; frame < f0.elements(); frame++) {
        boolean before = f0.getDouble(frame - 1) > threshold;
        boolean now = f0.getDouble(frame) > threshold;
        count += before != now && now == toVoiced ? 1 : 0;
      }
    }
    return count;
  }
}
