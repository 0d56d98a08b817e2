package parity.compare.limits;

import parity.tensors.Tensor;

/** What a floating tensor is judged by. */
public sealed interface Basis
    permits Basis.Truth, Basis.Fixed, Basis.Signal, Basis.PerElement, Basis.Stored, Tolerance {
  /** Relative L2 within which a tensor agrees that is float64 in the reference. */
  double FLOAT64_RELATIVE_L2 = 1e-12;

  /**
   * The same module in float64.
   *
   * @param residual truth minus reference, of the reference's shape and any floating type
   */
  record Truth(Tensor residual, Limit limit) implements Basis {}

  /**
   * Fixed limits, inclusive, because there is no float64 truth.
   *
   * @param maxAbs largest absolute difference; infinite if it does not matter
   * @param source where the limits come from; the verdict says "no float64 truth" by itself
   */
  record Fixed(double relativeL2, double maxAbs, String source) implements Basis {}

  /**
   * A signal of which only its distance from the reference matters.
   *
   * @param snrDb least ratio of the reference to the difference in dB, inclusive
   * @param source where the limit comes from
   */
  record Signal(double snrDb, String source) implements Basis {
    /** The relative L2 that is this ratio. */
    public double relativeL2() {
      return Math.pow(10, -snrDb / 20);
    }
  }

  /**
   * Any of the others, for numbers that were rounded once more to be stored.
   *
   * @param own what holds for the numbers as they were computed
   */
  record Stored(Basis own, Storage storage) implements Basis {}

  /**
   * A limit for each element, because what rounding costs there is known from how the element is
   * computed.
   *
   * @param limits largest lawful absolute difference of each element, float64, of the reference's
   *     shape
   * @param source where the limits come from
   */
  record PerElement(Tensor limits, String source) implements Basis {}
}
