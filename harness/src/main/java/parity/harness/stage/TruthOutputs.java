package parity.harness.stage;

import java.util.Optional;
import parity.compare.Basis;
import parity.compare.Limits;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;

/** Holds a stage's output against the capture, by its float64 truth where there is one. */
final class TruthOutputs {
  private final Optional<TensorFile> file;
  private final boolean expected;
  private final Limits limits;

  TruthOutputs(StageContext context) {
    this.file = context.capture().truthOutputs();
    this.expected = context.capture().truthExpected();
    this.limits = context.limits();
  }

  /** Compares {@code name}, whose truth has the same name in {@code truth_outputs}. */
  void compare(
      Checks checks, String name, Tensor reference, Tensor actual, Basis.Fixed withoutTruth) {
    if (file.isEmpty() && !expected) {
      checks.compare(name, reference, actual, withoutTruth);
    } else if (file.isPresent() && file.get().contains(name)) {
      checks.compare(
          name, reference, actual, new Basis.Truth(file.get().get(name), limits.of(name)));
    } else {
      checks.unusable(name, "is missing, with truth_outputs.safetensors or from it");
    }
  }
}
