package parity.harness.check;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import parity.tensors.DType;
import parity.tensors.Tensor;

/** Counts the numbers of a tensor that are NaN or infinite. */
final class NotFinite {
  private static final int BLOCK = 1 << 16;
  private static final int EXPONENT = 0x7f800000;
  private static final ValueLayout.OfInt BITS =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private NotFinite() {}

  static long count(Tensor tensor) {
    if (!tensor.dtype().isFloating()) {
      return 0;
    }
    return tensor.dtype() == DType.F32 ? ofFloats(tensor) : ofOthers(tensor);
  }

  private static long ofFloats(Tensor tensor) {
    int[] block = new int[(int) Math.min(BLOCK, tensor.elements())];
    long count = 0;
    for (long at = 0; at < tensor.elements(); at += BLOCK) {
      int length = (int) Math.min(block.length, tensor.elements() - at);
      MemorySegment.copy(tensor.data(), BITS, at * Float.BYTES, block, 0, length);
      int found = 0;
      for (int i = 0; i < length; i++) {
        found += (block[i] & EXPONENT) == EXPONENT ? 1 : 0;
      }
      count += found;
    }
    return count;
  }

  private static long ofOthers(Tensor tensor) {
    long count = 0;
    for (long i = 0; i < tensor.elements(); i++) {
      if (!Double.isFinite(tensor.getDouble(i))) {
        count++;
      }
    }
    return count;
  }
}
