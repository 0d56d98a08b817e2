package parity.compare;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import parity.tensors.Tensor;

/** Streams a floating tensor through a small buffer of doubles; widening loses nothing. */
final class Widen {
  /**
   * Elements that are looked at together: three buffers of doubles stay in the first-level cache.
   */
  static final int CHUNK = 1024;

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Widen() {}

  /**
   * Elements {@code from} to {@code from + count} of a floating tensor, counted row-major.
   *
   * @throws IllegalArgumentException if the tensor is not floating
   */
  static void into(Tensor tensor, long from, double[] buffer, int count) {
    MemorySegment data = tensor.data();
    switch (tensor.dtype()) {
      case F32 -> {
        for (int i = 0; i < count; i++) {
          buffer[i] = data.get(FLOAT, (from + i) * Float.BYTES);
        }
      }
      case F64 -> {
        for (int i = 0; i < count; i++) {
          buffer[i] = data.get(DOUBLE, (from + i) * Double.BYTES);
        }
      }
      case F16 -> {
        for (int i = 0; i < count; i++) {
          buffer[i] = Float.float16ToFloat(data.get(SHORT, (from + i) * Short.BYTES));
        }
      }
      case BF16 -> {
        for (int i = 0; i < count; i++) {
          short bits = data.get(SHORT, (from + i) * Short.BYTES);
          buffer[i] = Float.intBitsToFloat(Short.toUnsignedInt(bits) << 16);
        }
      }
      case I64, I32, I16, I8, U8, BOOL ->
          throw new IllegalArgumentException("floating tensor expected, not " + tensor);
    }
  }
}
