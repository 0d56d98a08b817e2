package parity.harness.limits;

import java.util.Optional;
import parity.compare.limits.Basis;
import parity.compare.limits.Limits;
import parity.harness.capture.Capture;
import parity.harness.capture.Part;
import parity.harness.capture.TapFiles;
import parity.tensors.TensorFile;

/**
 * The float64 truths of a set of tensors, by the tensors' own names.
 *
 * @param file empty where a capture was made without truth, or is of an origin that has none
 * @param name of the file
 * @param expected whether each tensor ought to have its truth
 * @param limits how noisy each kind of module may be
 */
public record Truths(Optional<TensorFile> file, String name, boolean expected, Limits limits) {
  /** Of the stages' outputs. */
  public static Truths ofOutputs(Capture capture, Limits limits) {
    return new Truths(
        capture.truthOutputs(), Capture.TRUTH_OUTPUTS, capture.truthExpected(), limits);
  }

  /** Of the outputs of every chunk. */
  public static Truths ofChunks(Capture capture, Limits limits) {
    return new Truths(capture.truthChunks(), Capture.TRUTH_CHUNKS, capture.truthExpected(), limits);
  }

  /** Of every module in a run that is float64 throughout. */
  public static Truths cumulative(Capture capture, Part part, TapFiles files, Limits limits) {
    return new Truths(files.truth(), part.cumulativeTruth(), capture.truthExpected(), limits);
  }

  /** Of every module on the reference's own inputs. */
  public static Truths isolated(Capture capture, Part part, TapFiles files, Limits limits) {
    return new Truths(files.isolatedTruth(), part.isolatedTruth(), capture.truthExpected(), limits);
  }

  /**
   * What a tensor is judged by.
   *
   * @param tensor whose truth it is
   * @param withoutTruth limits for a capture that has no truth
   */
  public Yardstick of(String tensor, Basis.Fixed withoutTruth) {
    return actual ->
        basis(tensor, withoutTruth)
            .<Yardstick.Judged>map(Yardstick.Judged.By::new)
            .orElseGet(
                () -> new Yardstick.Judged.Unusable("is missing, with " + name + " or from it"));
  }

  /** The basis of a tensor; empty if its truth ought to be there and is not. */
  public Optional<Basis> basis(String tensor, Basis.Fixed withoutTruth) {
    if (file.isEmpty() && !expected) {
      return Optional.of(withoutTruth);
    }
    return file.filter(truths -> truths.contains(tensor))
        .map(truths -> new Basis.Truth(truths.get(tensor), limits.of(tensor)));
  }
}
