package parity.compare.limits;

import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import parity.tensors.DType;

/**
 * Limits for two floating tensors of which nothing more is known. All are inclusive, and but for a
 * given {@code atol} none depends on the tensor's scale, until that is so small that the type has
 * hardly any numbers left.
 *
 * @param relativeL2 largest {@code |actual - expected| / |expected|}
 * @param rtol each element may differ by {@code atol + rtol |expected|}
 * @param atol empty for {@code rtol} times the rms of the expected tensor's ordinary elements
 * @param step a difference of so much is within limits wherever it is: the distance of the type's
 *     smallest numbers, by which rounding alone may move one; 0 for none
 * @param source where the limits come from
 */
public record Tolerance(
    double relativeL2, double rtol, OptionalDouble atol, double step, String source)
    implements Basis {
  /**
   * The limits of an element type: many roundings, few enough that a fault of a thousandth shows in
   * float32.
   *
   * @throws IllegalArgumentException if the type is not floating
   */
  public static Tolerance of(DType dtype) {
    return switch (dtype) {
      case F64 -> byDefault(Basis.FLOAT64_RELATIVE_L2, 1e-11, dtype);
      case F32 -> byDefault(1e-5, 1e-4, dtype);
      case F16 -> byDefault(5e-3, 5e-2, dtype);
      case BF16 -> byDefault(4e-2, 2e-1, dtype);
      case F8_E4M3 -> byDefault(1.25e-1, 2.5e-1, dtype);
      case F8_E5M2 -> byDefault(2.5e-1, 5e-1, dtype);
      case F8_E8M0 -> byDefault(0, 0, dtype);
      case I64, I32, I16, I8, U64, U32, U16, U8, BOOL, C128, C64 ->
          throw new IllegalArgumentException("floating type expected, not " + dtype);
    };
  }

  private static Tolerance byDefault(double relativeL2, double rtol, DType dtype) {
    return new Tolerance(
        relativeL2,
        rtol,
        OptionalDouble.empty(),
        Rounding.smallestStep(dtype),
        "default for " + dtype);
  }

  /**
   * What an element that is zero may differ by.
   *
   * @param ordinaryRms of the expected tensor; asked for only if {@link #asksForScale}
   */
  public double atol(DoubleSupplier ordinaryRms) {
    return atol.orElseGet(() -> Math.max(rtol * ordinaryRms.getAsDouble(), step));
  }

  /** Whether {@code atol} is made of the tensor's scale, for want of a given one. */
  public boolean asksForScale() {
    return atol.isEmpty();
  }

  /**
   * The same, with a limit of relative L2 that lets each element of such a tensor differ by a step.
   *
   * @param rms of the expected tensor
   */
  public Tolerance atScale(double rms) {
    double steps = step == 0 ? 0 : step / rms;
    return new Tolerance(relativeL2 + steps, rtol, atol, step, source);
  }

  /** The limits of the type that rounds more. */
  public static DType coarser(DType one, DType other) {
    return Rounding.unit(one) >= Rounding.unit(other) ? one : other;
  }
}
