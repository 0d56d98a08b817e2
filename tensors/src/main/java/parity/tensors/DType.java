package parity.tensors;

/** Element type of a tensor, as PyTorch, NumPy and safetensors have it. Little-endian always. */
public enum DType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  /** Four bits of exponent, three of fraction; no infinity. PyTorch's {@code float8_e4m3fn}. */
  F8_E4M3(1),
  /** Five bits of exponent, two of fraction: the upper half of a float16. */
  F8_E5M2(1),
  /** A power of two without a sign, as blocks are scaled by; no zero and no infinity. */
  F8_E8M0(1),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U64(8),
  U32(4),
  U16(2),
  U8(1),
  BOOL(1),
  /** Two float64, real and imaginary part. */
  C128(16),
  /** Two float32, real and imaginary part. */
  C64(8);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Size of one element in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Whether elements have a fraction, and so may be NaN or infinite. */
  public boolean isFloating() {
    return switch (this) {
      case F64, F32, F16, BF16, F8_E4M3, F8_E5M2, F8_E8M0 -> true;
      case I64, I32, I16, I8, U64, U32, U16, U8, BOOL, C128, C64 -> false;
    };
  }

  /** Whether elements are integers or booleans. */
  public boolean isInteger() {
    return switch (this) {
      case I64, I32, I16, I8, U64, U32, U16, U8, BOOL -> true;
      case F64, F32, F16, BF16, F8_E4M3, F8_E5M2, F8_E8M0, C128, C64 -> false;
    };
  }

  /** Whether elements are pairs of floating numbers. */
  public boolean isComplex() {
    return switch (this) {
      case C128, C64 -> true;
      case F64, F32, F16, BF16, F8_E4M3, F8_E5M2, F8_E8M0 -> false;
      case I64, I32, I16, I8, U64, U32, U16, U8, BOOL -> false;
    };
  }
}
