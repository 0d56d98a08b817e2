package parity.harness.plan;

import parity.compare.verdict.TextDifference;
import parity.harness.limits.Yardstick;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

/** What upstream has under an expected name. */
public sealed interface Reference {
  /** Type and shape, for a report. */
  TensorInfo info();

  /**
   * A tensor.
   *
   * @param by what another one is judged by
   */
  record Numbers(Tensor tensor, Yardstick by) implements Reference {
    @Override
    public TensorInfo info() {
      return TensorInfo.of(tensor);
    }
  }

  /** A text, which must be the same. */
  record Words(String text) implements Reference {
    @Override
    public TensorInfo info() {
      return TextDifference.info(text);
    }
  }

  /**
   * A tensor that the capture ought to hold, and has lost.
   *
   * @param info what is known of it
   */
  record Lost(TensorInfo info) implements Reference {}
}
