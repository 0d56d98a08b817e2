package parity.tensors;

/**
 * Floating numbers of eight bits, widened without loss. Source: OCP 8-bit Floating Point
 * Specification, revision 1.0, and for E8M0 the OCP Microscaling Formats Specification, version
 * 1.0.
 */
public final class Float8 {
  private static final int SIGN = 0x80;
  private static final int E4M3_BIAS = 7;
  private static final int E4M3_FRACTION_BITS = 3;
  private static final int E8M0_BIAS = 127;

  private Float8() {}

  /** An {@link DType#F8_E4M3}: bias 7, subnormal below 2^-6, and NaN where all other bits are 1. */
  public static float fromE4M3(byte bits) {
    int magnitude = bits & ~SIGN & 0xff;
    if (magnitude == 0x7f) {
      return Float.NaN;
    }
    int exponent = magnitude >> E4M3_FRACTION_BITS;
    int fraction = magnitude & (1 << E4M3_FRACTION_BITS) - 1;
    int whole = exponent == 0 ? fraction : fraction | 1 << E4M3_FRACTION_BITS;
    float value = Math.scalb((float) whole, Math.max(exponent, 1) - E4M3_BIAS - E4M3_FRACTION_BITS);
    return (bits & SIGN) == 0 ? value : -value;
  }

  /** An {@link DType#F8_E5M2}, which is the upper byte of a float16. */
  public static float fromE5M2(byte bits) {
    return Float.float16ToFloat((short) (bits << Byte.SIZE));
  }

  /** An {@link DType#F8_E8M0}: {@code 2^(bits - 127)}, and NaN where all bits are 1. */
  public static float fromE8M0(byte bits) {
    int exponent = Byte.toUnsignedInt(bits);
    return exponent == 0xff ? Float.NaN : Math.scalb(1f, exponent - E8M0_BIAS);
  }
}
