package parity.compare;

import java.util.Optional;
import parity.compare.limits.Basis;
import parity.compare.scan.Step;
import parity.compare.verdict.Judgement;
import parity.compare.verdict.TextDifference;
import parity.compare.verdict.Verdict;
import parity.compare.view.TensorView;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

/** Compares one tensor of a candidate with the reference's. */
public final class Comparison {
  private Comparison() {}

  /**
   * The verdict on one tensor: hygiene first, then noise or fixed limits.
   *
   * @param expected what the reference computed
   * @param actual what the candidate computed
   * @param basis what floats are judged by; integers and booleans must be equal, and a tensor that
   *     is float64 in the reference has a limit of its own
   */
  public static Verdict compare(String name, Tensor expected, Tensor actual, Basis basis) {
    if (expected.dtype() != actual.dtype()) {
      return new Verdict.DtypeDiffers(name, TensorInfo.of(expected), TensorInfo.of(actual));
    }
    Optional<Verdict> length =
        expected.dtype().isFloating() ? Lengths.verdict(name, expected, actual) : Optional.empty();
    if (length.isPresent()) {
      return length.get();
    }
    Pair pair = new Pair(name, TensorView.of(expected), TensorView.of(actual));
    return Step.finish(pair.isFloating() ? Judging.floats(pair, basis) : Judging.integers(pair));
  }

  /**
   * The verdict on a text of a candidate: it is right if it is the reference's, character by
   * character.
   */
  public static Verdict compare(String name, String expected, String actual) {
    TensorInfo info = TextDifference.info(expected);
    return expected.equals(actual)
        ? expected.isEmpty()
            ? new Verdict.Vacuous(name, info)
            : new Verdict.Match(
                name, info, new Judgement.Exact(info.shape().elements()), Optional.empty())
        : new Verdict.TextsDiffer(name, info, new TextDifference(expected, actual));
  }
}
