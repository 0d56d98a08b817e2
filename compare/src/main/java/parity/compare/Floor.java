package parity.compare;

import parity.tensors.DType;

/**
 * How much of a difference is the reference's own rounding, measured on the whole tensor.
 *
 * @param dtype of the reference, whose unit roundoff is {@code u}
 * @param residualRms rms(r - t)
 * @param residualMax max|r - t|
 * @param truthRms rms(t)
 * @param elements finite elements that this was measured on
 */
public record Floor(
    DType dtype, double residualRms, double residualMax, double truthRms, long elements) {
  /** Below so many elements the reference's rounding error may be small by luck. */
  static final int FEW = 32;

  /** What is granted then, in half units of the last place: the noise of a short sum. */
  static final double FEW_HALF_ULPS = 8;

  /**
   * {@code F = max(rms(r - t), u rms(t) / 2)}; with fewer than 32 elements at least {@code 4 u
   * rms(t)}, because so few samples do not measure a noise.
   */
  public double rms() {
    double halfUlps = elements < FEW ? FEW_HALF_ULPS : 1;
    return Math.max(residualRms, halfUlps * lastPlace(truthRms));
  }

  /**
   * What the error in a group of elements is held against: {@code max(rms_g(r - t), F / 4)}, and
   * never less than what rounding the group's own numbers costs.
   */
  double group(double groupResidualRms, double groupTruthRms) {
    return Math.max(Math.max(groupResidualRms, rms() / 4), lastPlace(groupTruthRms));
  }

  /**
   * What the error of one element is held against: {@code max|r - t|}, and never less than F or
   * half a unit in the last place of that element.
   */
  double element(double truth) {
    return Math.max(atLeastPerElement(), Rounding.halfUlp(dtype, truth));
  }

  /** The part of {@link #element} that is the same for all elements. */
  double atLeastPerElement() {
    return Math.max(residualMax, rms());
  }

  private double lastPlace(double magnitude) {
    return Rounding.unit(dtype) * magnitude / 2;
  }
}
