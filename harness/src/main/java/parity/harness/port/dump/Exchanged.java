package parity.harness.port.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parity.harness.names.FormAdvice;
import parity.harness.names.Layout;
import parity.harness.names.Paste;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;
import parity.tensors.Text;

/** Finds tensors that are under each other's names, among those that are wrong. */
final class Exchanged {
  /** So many numbers of each tensor are kept, from all over it. */
  private static final int SAMPLES = 64;

  /** More wrong tensors are not looked at. */
  private static final int MOST = 1000;

  /** Relative L2 of what is the same tensor, and right but for rounding or an earlier error. */
  private static final double NEAR = 0.02;

  private final List<Wrong> kept = new ArrayList<>();
  private final List<String> found = new ArrayList<>();

  private record Wrong(
      String expected, String actual, TensorInfo info, Samples reference, Samples given) {
    boolean isUnderTheNameOf(Wrong other) {
      return info.equals(other.info) && given.isNear(other.reference);
    }
  }

  /** Numbers from all over a tensor, evenly. */
  private static final class Samples {
    private final double[] values;

    Samples(Tensor tensor) {
      int count = (int) Math.min(SAMPLES, tensor.elements());
      values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = tensor.getDouble(i * (tensor.elements() - 1) / Math.max(count - 1, 1));
      }
    }

    boolean isNear(Samples wanted) {
      double difference = 0;
      double whole = 0;
      for (int i = 0; i < values.length; i++) {
        double off = values[i] - wanted.values[i];
        difference += off * off;
        whole += wanted.values[i] * wanted.values[i];
      }
      return whole > 0 && difference <= NEAR * NEAR * whole;
    }
  }

  /**
   * Takes a tensor that is wrong.
   *
   * @param actual what it is called on the other side
   * @param given as it is expected, axes and type
   */
  void wrong(String expected, String actual, Tensor reference, Tensor given) {
    TensorInfo info = TensorInfo.of(reference);
    if (!info.equals(TensorInfo.of(given))
        || !info.dtype().isFloating()
        || info.shape().elements() < 2
        || kept.size() == MOST) {
      return;
    }
    Wrong now = new Wrong(expected, actual, info, new Samples(reference), new Samples(given));
    kept.stream()
        .filter(other -> now.isUnderTheNameOf(other) && other.isUnderTheNameOf(now))
        .findFirst()
        .ifPresent(other -> found.add(says(other, now)));
    kept.add(now);
  }

  private static String says(Wrong one, Wrong other) {
    return "%s and %s are under each other's names; %s, and %s"
        .formatted(
            Text.visible(one.expected),
            Text.visible(other.expected),
            FormAdvice.inFile(line(one, other)),
            line(other, one));
  }

  private static String line(Wrong one, Wrong other) {
    return Paste.line(one.expected, other.actual, Layout.SAME, Optional.empty());
  }

  /** A sentence for each pair. */
  List<String> pairs() {
    return found;
  }
}
