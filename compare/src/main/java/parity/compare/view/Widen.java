package parity.compare.view;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * Streams a floating tensor through a small buffer of doubles; widening loses nothing. The bytes
 * are first copied to an array of their own type: from an array the compiler makes vectors, from a
 * mapping it does not, and the whole is two and a half times faster. Of one thread only.
 */
public final class Widen {
  /**
   * Elements that are looked at together: three buffers of doubles stay in the first-level cache.
   */
  public static final int CHUNK = 1024;

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final float[] floats = new float[CHUNK];
  private final short[] shorts = new short[CHUNK];

  /**
   * Elements {@code from} to {@code from + count} of a floating tensor, counted row-major.
   *
   * @param count at most {@link #CHUNK}
   * @throws IllegalArgumentException if the tensor is not floating
   */
  void into(Tensor tensor, long from, double[] buffer, int count) {
    if (tensor.dtype() == DType.F64) {
      MemorySegment.copy(tensor.data(), DOUBLE, from * Double.BYTES, buffer, 0, count);
    } else {
      into(tensor, from, floats, count);
      widen(floats, buffer, count);
    }
  }

  /**
   * The same of a tensor that is no wider than float32.
   *
   * @throws IllegalArgumentException if it is wider, or not floating
   */
  void into(Tensor tensor, long from, float[] buffer, int count) {
    if (tensor.dtype() == DType.F32) {
      MemorySegment.copy(tensor.data(), FLOAT, from * Float.BYTES, buffer, 0, count);
    } else {
      widenInto(tensor, from, buffer, count);
    }
  }

  private void widenInto(Tensor tensor, long from, float[] buffer, int count) {
    MemorySegment data = tensor.data();
    switch (tensor.dtype()) {
      case F16 -> {
        MemorySegment.copy(data, SHORT, from * Short.BYTES, shorts, 0, count);
        fromHalf(shorts, buffer, count);
      }
      case BF16 -> {
        MemorySegment.copy(data, SHORT, from * Short.BYTES, shorts, 0, count);
        fromBrain(shorts, buffer, count);
      }
      case F8_E4M3, F8_E5M2, F8_E8M0 -> fromEight(tensor, from, buffer, count);
      case F64, F32, I64, I32, I16, I8, U64, U32, U16, U8, BOOL, C128, C64 ->
          throw new IllegalArgumentException(
              "floating tensor of less than 32 bits expected, not " + tensor);
    }
  }

  private static void widen(float[] from, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = from[i];
    }
  }

  private static void fromEight(Tensor tensor, long from, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (float) tensor.getDouble(from + i);
    }
  }

  private static void fromHalf(short[] from, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Float.float16ToFloat(from[i]);
    }
  }

  private static void fromBrain(short[] from, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Float.intBitsToFloat(from[i] << 16);
    }
  }
}
