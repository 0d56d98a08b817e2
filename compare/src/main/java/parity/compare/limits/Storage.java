package parity.compare.limits;

import parity.tensors.DType;

/** What it costs to store numbers in a type: each is rounded to nearest once. */
public enum Storage {
  /** They are stored as they were computed. */
  NONE(DType.F64) {
    @Override
    double rounded(double value) {
      return value;
    }
  },

  /** IEEE 754 single precision, of what was computed in double. */
  F32(DType.F32) {
    @Override
    double rounded(double value) {
      return (float) value;
    }
  },

  /** IEEE 754 half precision. */
  F16(DType.F16) {
    @Override
    double rounded(double value) {
      return Float.float16ToFloat(Float.floatToFloat16((float) value));
    }
  },

  /** The upper half of single precision. */
  BF16(DType.BF16) {
    @Override
    double rounded(double value) {
      int bits = Float.floatToRawIntBits((float) value);
      int tiesToEven = 0x7fff + (bits >>> 16 & 1);
      return Float.intBitsToFloat((bits + tiesToEven) & 0xffff0000);
    }
  };

  private final DType type;

  Storage(DType type) {
    this.type = type;
  }

  /** Of numbers that were computed as {@code computed}, and are found as {@code stored}. */
  public static Storage of(DType stored, DType computed) {
    for (Storage storage : values()) {
      if (storage.type == stored && Rounding.unit(stored) > Rounding.unit(computed)) {
        return storage;
      }
    }
    return NONE;
  }

  abstract double rounded(double value);

  /** Whether a number is one of the type's. */
  public boolean holds(double value) {
    return rounded(value) == value;
  }

  /** What rounding takes off a number; 0 where it has no like in the type. */
  public double error(double value) {
    double error = rounded(value) - value;
    return Double.isFinite(error) ? error : 0;
  }

  /** The most that rounding takes off a number of about that size. */
  public double most(double value) {
    return this == NONE ? 0 : Rounding.halfUlp(type, value);
  }

  /** The largest relative error of a number of usual size. */
  public double unit() {
    return Rounding.unit(type);
  }
}
