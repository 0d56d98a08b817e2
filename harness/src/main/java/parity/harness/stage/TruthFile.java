package parity.harness.stage;

import java.util.Optional;
import parity.compare.limits.Basis;
import parity.compare.limits.Limits;
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
    return new TruthFile(context.capture().truthOutputs(), Capture.TRUTH_OUTPUTS, context);
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
    compare(checks, tensor, tensor, reference, actual, withoutTruth);
  }

  /**
   * Compares a tensor that is expected under a name of its own.
   *
   * @param as the name
   * @param tensor whose truth it is
   */
  void compare(
      Checks checks,
      String as,
      String tensor,
      Tensor reference,
      Tensor actual,
      Basis.Fixed withoutTruth) {
    basis(tensor, withoutTruth)
        .ifPresentOrElse(
            basis -> checks.compare(as, reference, actual, basis),
            () -> checks.unusable(as, missing()));
  }

  /** What a tensor is judged by; empty if its truth ought to be there and is not. */
  Optional<Basis> basis(String tensor, Basis.Fixed withoutTruth) {
    if (file.isEmpty() && !expected) {
      return Optional.of(withoutTruth);
    }
    return file.filter(truths -> truths.contains(tensor))
        .map(truths -> new Basis.Truth(truths.get(tensor), limits.of(tensor)));
  }

  /** As {@link #compare}; and if it is right, a copy in which one frame is repeated must not be. */
  void compareAndControl(
      Checks checks,
      String as,
      String tensor,
      Tensor reference,
      Tensor actual,
      Basis.Fixed withoutTruth) {
    basis(tensor, withoutTruth)
        .ifPresentOrElse(
            basis -> checks.compareAndControl(as, reference, actual, basis),
            () -> checks.unusable(as, missing()));
  }

  private String missing() {
    return "is missing, with " + name + " or from it";
  }
}
