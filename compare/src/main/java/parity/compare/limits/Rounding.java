package parity.compare.limits;

import parity.tensors.DType;

/** What rounding to an element type costs. */
public final class Rounding {
  private Rounding() {}

  /** The unit roundoff: half the distance from 1 to the next number of that type. */
  public static double unit(DType dtype) {
    return Math.scalb(1.0, -fractionBits(dtype) - 1);
  }

  /** Half the distance between neighbours of that type, at the magnitude of a value. */
  public static double halfUlp(DType dtype, double value) {
    int exponent = Math.max(Math.getExponent(value), smallestExponent(dtype));
    return Math.scalb(1.0, exponent - fractionBits(dtype) - 1);
  }

  /**
   * The distance of the type's smallest numbers from each other; 0 for {@link DType#F8_E8M0}, which
   * has none that are evenly spaced.
   */
  static double smallestStep(DType dtype) {
    return dtype == DType.F8_E8M0
        ? 0
        : Math.scalb(1.0, smallestExponent(dtype) - fractionBits(dtype));
  }

  private static int fractionBits(DType dtype) {
    return switch (dtype) {
      case F64 -> 52;
      case F32 -> 23;
      case F16 -> 10;
      case BF16 -> 7;
      case F8_E4M3 -> 3;
      case F8_E5M2 -> 2;
      case F8_E8M0 -> 0;
      case I64, I32, I16, I8, U64, U32, U16, U8, BOOL, C128, C64 -> throw notFloating(dtype);
    };
  }

  private static int smallestExponent(DType dtype) {
    return switch (dtype) {
      case F64 -> Double.MIN_EXPONENT;
      case F32, BF16 -> Float.MIN_EXPONENT;
      case F16, F8_E5M2 -> -14;
      case F8_E4M3 -> -6;
      case F8_E8M0 -> -127;
      case I64, I32, I16, I8, U64, U32, U16, U8, BOOL, C128, C64 -> throw notFloating(dtype);
    };
  }

  private static IllegalArgumentException notFloating(DType dtype) {
    return new IllegalArgumentException("floating type expected, not " + dtype);
  }
}
