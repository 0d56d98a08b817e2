package parity.tensors.checkpoint;

import java.lang.foreign.MemorySegment;
import parity.tensors.DType;
import parity.tensors.Little;

/**
 * Signs that PyTorch leaves to be turned when a view is read: {@code torch.Tensor.resolve_neg} and
 * {@code resolve_conj}.
 */
final class SignBits {
  private static final int SIGN = 0x80;

  private SignBits() {}

  /** Whether PyTorch has a negation for the type. */
  static boolean canNegate(DType dtype) {
    return switch (dtype) {
      case F64, F32, F16, BF16, F8_E4M3, F8_E5M2 -> true;
      case I64, I32, I16, I8, U64, U32, U16, U8, C128, C64 -> true;
      case F8_E8M0, BOOL -> false;
    };
  }

  /** Negates all elements: NaN and zeros too, integers in two's complement. */
  static void negate(DType dtype, MemorySegment data) {
    if (dtype.isInteger()) {
      negateIntegers(dtype.bytes(), data);
    } else {
      int width = dtype.isComplex() ? dtype.bytes() / 2 : dtype.bytes();
      turn(data, width - 1, width);
    }
  }

  /** Negates all imaginary parts. */
  static void conjugate(DType dtype, MemorySegment data) {
    turn(data, dtype.bytes() - 1, dtype.bytes());
  }

  /** Little-endian: the sign is in the last byte of a floating number. */
  private static void turn(MemorySegment data, long first, int step) {
    for (long at = first; at < data.byteSize(); at += step) {
      data.set(Little.BYTE, at, (byte) (data.get(Little.BYTE, at) ^ SIGN));
    }
  }

  private static void negateIntegers(int width, MemorySegment data) {
    for (long at = 0; at < data.byteSize(); at += width) {
      switch (width) {
        case Long.BYTES -> data.set(Little.LONG, at, -data.get(Little.LONG, at));
        case Integer.BYTES -> data.set(Little.INT, at, -data.get(Little.INT, at));
        case Short.BYTES -> data.set(Little.SHORT, at, (short) -data.get(Little.SHORT, at));
        default -> data.set(Little.BYTE, at, (byte) -data.get(Little.BYTE, at));
      }
    }
  }
}
