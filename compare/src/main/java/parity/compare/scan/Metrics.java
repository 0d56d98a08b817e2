package parity.compare.scan;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import parity.compare.view.Place;
import parity.compare.view.TensorView;
import parity.tensors.Tensor;

/**
 * How two floating tensors of one shape and type differ, for readers; only {@link #relativeL2} and
 * {@link #maxAbs} decide anything, and only where there is no float64 truth. All sums are in
 * double. Places that are not finite on both sides are counted, and left out of everything else.
 *
 * @param elements number of elements, finite or not
 * @param maxAbs largest absolute difference; infinite where that is beyond the range of a double,
 *     and then {@link #largest} has it
 * @param maxAt where that is; empty if no element is finite on both sides
 * @param meanAbs mean absolute difference
 * @param l1 sum of absolute differences
 * @param rms root of the mean squared difference
 * @param relativeL2 {@code |actual - expected| / |expected|}; 0 if both norms are 0, infinite if
 *     only the second is
 * @param nmseDb {@code 20 log10(relativeL2)}
 * @param snrDb {@code -nmseDb}
 * @param cosine of the angle between both; 1 if both are zero, 0 if one is
 * @param absDiff quantiles of the absolute difference; of more than 65,536 elements, those of every
 *     eleventh from the first on
 */
public record Metrics(
    long elements,
    double maxAbs,
    Optional<Place> maxAt,
    double meanAbs,
    double l1,
    double rms,
    double relativeL2,
    double nmseDb,
    double snrDb,
    double cosine,
    Quantiles absDiff,
    NonFiniteCount expectedNonFinite,
    NonFiniteCount actualNonFinite) {

  /** The largest absolute difference, exactly; 0 if no element is finite on both sides. */
  public BigDecimal largest() {
    return maxAt
        .map(at -> new BigDecimal(at.actual()).subtract(new BigDecimal(at.expected())).abs())
        .orElse(BigDecimal.ZERO);
  }

  /** The largest absolute difference with four digits, as messages have it. */
  public String showLargest() {
    return Double.isInfinite(maxAbs)
        ? String.format(Locale.ROOT, "%.3e", largest())
        : Numbers.show(maxAbs);
  }

  /**
   * Compares two floating tensors.
   *
   * @throws IllegalArgumentException if shape or type differ, or the type is not floating
   */
  public static Metrics measure(Tensor expected, Tensor actual) {
    if (expected.dtype() != actual.dtype()) {
      throw new IllegalArgumentException(actual + " cannot be compared with " + expected);
    }
    return PairScan.run(TensorView.of(expected), TensorView.of(actual)).metrics();
  }
}
