package parity.harness.stage;

import java.util.Optional;
import parity.compare.Basis;
import parity.compare.Limits;
import parity.harness.capture.Capture;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;

/** The float64 truths of a set of tensors, by the tensors' own names. */
final class TruthFile {
  private final Optional<TensorFile> file;
  private final String name;
  private final boolean expected;
  private final Limits limits;

  /**
   * Wraps a file.
   *
   * @param file empty where a capture was made without truth, or is of an origin that has none
   * @param name of the file
   */
  TruthFile(Optional<TensorFile> file, String name, StageContext context) {
    this.file = file;
    this.name = name;
    this.expected = context.capture().truthExpected();
    this.limits = context.limits();
  }

  /** Of the stages' outputs. */
  static TruthFile ofOutputs(StageContext context) {
    return new TruthFile(context.capture().truthOutputs(), "truth_outputs.safetensors", context);
  }

  /** Of the outputs of every chunk. */
  static TruthFile ofChunks(StageContext context) {
    return new TruthFile(context.capture().truthChunks(), Capture.TRUTH_CHUNKS, context);
  }

  /**
   * Compares a tensor by its truth, which has the same name.
   *
   * @param withoutTruth limits for a capture that has no truth
   */
  void compare(
      Checks checks, String tensor, Tensor reference, Tensor actual, Basis.Fixed withoutTruth) {
    if (file.isEmpty() && !expected) {
      checks.compare(tensor, reference, actual, withoutTruth);
    } else if (file.isPresent() && file.get().contains(tensor)) {
      Basis truth = new Basis.Truth(file.get().get(tensor), limits.of(tensor));
      checks.compare(tensor, reference, actual, truth);
    } else {
      checks.unusable(tensor, "is missing, with " + name + " or from it");
    }
  }
}
