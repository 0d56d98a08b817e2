package parity.harness.diff;

import java.util.Arrays;
import parity.compare.Pair;
import parity.compare.verdict.Verdict;
import parity.compare.view.TensorView;
import parity.harness.names.Layout;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

/** Two complex tensors, compared as the real and imaginary parts that they are made of. */
final class ComplexPair {
  private ComplexPair() {}

  /**
   * The pair to be compared: a last axis of two is added to both.
   *
   * @param layout of the actual one
   */
  static Pair of(String name, Tensor expected, Tensor actual, Layout layout) {
    return new Pair(
        name, TensorView.of(expected.asReal()), layout.withOneMore().of(actual.asReal()));
  }

  /**
   * A verdict with the type that is in the file, where what was compared are its parts.
   *
   * @param expected what is in the file
   */
  static Verdict told(Verdict verdict, TensorInfo expected) {
    if (!expected.dtype().isComplex()) {
      return verdict;
    }
    return switch (verdict) {
      case Verdict.Match match ->
          new Verdict.Match(match.name(), expected, match.judgement(), match.metrics());
      case Verdict.Mismatch wrong ->
          new Verdict.Mismatch(wrong.name(), expected, wrong.judgement(), wrong.metrics());
      case Verdict.NotFinite wrong ->
          new Verdict.NotFinite(wrong.name(), expected, wrong.first(), wrong.metrics());
      case Verdict.ShapeDiffers other ->
          new Verdict.ShapeDiffers(other.name(), expected, whole(other.actual(), expected));
      default -> verdict;
    };
  }

  private static TensorInfo whole(TensorInfo parts, TensorInfo like) {
    long[] dims = parts.shape().dims();
    return new TensorInfo(like.dtype(), Shape.of(Arrays.copyOf(dims, dims.length - 1)));
  }
}
