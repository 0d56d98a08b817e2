package parity.compare.noise;

import parity.compare.limits.Rounding;
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
  /** Fewer elements than this do not measure a noise: the error of the few may be small by luck. */
  public static final int FEW = 64;

  /**
   * {@code F = max(rms(r - t), u rms(t) / 2)}; of n elements fewer than 64, {@code sqrt(64 / n)}
   * times that.
   */
  public double rms() {
    double measured = Math.max(residualRms, lastPlace(truthRms));
    return elements < FEW ? measured * Math.sqrt((double) FEW / Math.max(elements, 1)) : measured;
  }

  /**
   * What the error in a group of elements is held against: {@code max(rms_g(r - t), F)}, and never
   * less than what rounding the group's own numbers costs. Where the reference is nearer to the
   * truth than that it is so by luck, which no other order of summation shares.
   */
  double group(double groupResidualRms, double groupTruthRms) {
    return Math.max(Math.max(groupResidualRms, rms()), lastPlace(groupTruthRms));
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
