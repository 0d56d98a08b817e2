package parity.cosyvoice.audio.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * How one sample of a WAV file becomes float32 in libsndfile ({@code pcm.c}, {@code float32.c}).
 */
public enum WavSample {
  /** Unsigned byte, the only unsigned one. */
  U8(1),
  S16(2),
  S24(3),
  S32(4),
  F32(4),
  F64(8);

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int width;

  WavSample(int width) {
    this.width = width;
  }

  /** Bytes of one. */
  int width() {
    return width;
  }

  float at(MemorySegment bytes, long offset) {
    return switch (this) {
      case U8 -> (Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, offset)) - 128) / 0x1p7f;
      case S16 -> bytes.get(SHORT, offset) / 0x1p15f;
      case S24 ->
          ((bytes.get(ValueLayout.JAVA_BYTE, offset + 2) << 16)
                  | Short.toUnsignedInt(bytes.get(SHORT, offset)))
              / 0x1p23f;
      case S32 -> bytes.get(INT, offset) / 0x1p31f;
      case F32 -> bytes.get(FLOAT, offset);
      case F64 -> (float) bytes.get(DOUBLE, offset);
    };
  }
}
