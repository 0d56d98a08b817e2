package parity.compare;

import parity.compare.verdict.Verdict;
import parity.compare.view.TensorView;
import parity.tensors.TensorInfo;

/**
 * Two tensors of one name.
 *
 * @param expected what the reference computed
 * @param actual what the candidate computed: of any floating type where the expected one is
 *     floating, and of any integer type or boolean where it is not; whether another type may be is
 *     the caller's to say
 */
public record Pair(String name, TensorView expected, TensorView actual) {
  public Pair {
    if (expected.dtype().isFloating() != actual.dtype().isFloating()) {
      throw new IllegalArgumentException(actual + " cannot be compared with " + expected);
    }
  }

  boolean isFloating() {
    return expected.dtype().isFloating();
  }

  boolean haveOneShape() {
    return expected.shape().equals(actual.shape());
  }

  /** Type and shape of the expected tensor. */
  TensorInfo info() {
    return expected.info();
  }

  /** The verdict where the shapes are not one. */
  Verdict shapeDiffers() {
    return new Verdict.ShapeDiffers(name, expected.info(), actual.info());
  }
}
