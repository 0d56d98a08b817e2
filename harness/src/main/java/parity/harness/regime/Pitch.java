package parity.harness.regime;

import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import parity.harness.capture.Part;
import parity.harness.capture.TapFiles;
import parity.harness.capture.TapName;
import parity.harness.regime.Family.Source;
import parity.tensors.DType;
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
    return tensors(source, TAP)
        .map(runs -> new Pitch(runs, source.capture().settings().voicedThreshold()));
  }

  /** All calls of a module of HiFT; nothing if it was not captured. */
  static Optional<List<Tensor>> tensors(Source source, String path) {
    return source
        .capture()
        .taps(Part.HIFT)
        .map(TapFiles::taps)
        .map(file ->
            file.names().stream()
                .filter(name -> TapName.of(name).path().equals(path))
                .map(file::get)
                .filter(tensor -> tensor.dtype() == DType.F32 || tensor.dtype() == DType.F64)
                .toList())
        .filter(tensors -> !tensors.isEmpty());
  }

  long between(double low, double high) {
    return count(f0 -> f0 > low && f0 <= high);
  }

  long voiced() {
    return count(f0 -> f0 > threshold);
  }

  long unvoiced() {
    return count(f0 -> f0 <= threshold);
  }

  private long count(DoublePredicate is) {
    long count = 0;
    for (Tensor f0 : runs) {
      for (long frame = 0; frame < f0.elements(); frame++) {
        count += is.test(f0.getDouble(frame)) ? 1 : 0;
      }
    }
    return count;
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
