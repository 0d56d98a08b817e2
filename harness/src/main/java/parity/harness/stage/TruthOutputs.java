package parity.harness.stage;

import java.util.Optional;
import parity.compare.Basis;
import parity.compare.Limits;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;

/** Holds a stage's output against the capture, by its float64 truth where there is one. */
final class TruthOutputs {
  private final Optional<TensorFile> file;
  private final Limits limits;

  TruthOutputs(Optional<TensorFile> file, Limits limits) {
    this.file = file;
    this.limits = limits;
  }

  /** Compares {@code name}, whose truth has the same name in {@code truth_outputs}. */
  void compare(
      Checks checks, String name, Tensor reference, Tensor actual, Basis.Fixed withoutTruth) {
    if (file.isEmpty()) {
      checks.compare(name, reference, actual, withoutTruth);
    } else if (file.get().contains(name)) {
      checks.compare(
          name, reference, actual, new Basis.Truth(file.get().get(name), limits.of(name)));
    } else {
      checks.unusable(name, "is missing from " + file.get().path().getFileName());
    }
  }
}
