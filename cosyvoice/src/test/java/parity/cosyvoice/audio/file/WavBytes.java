package parity.cosyvoice.audio.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes WAV files chunk by chunk, right and wrong ones. */
final class WavBytes {
  static final int PCM = 1;
  static final int FLOAT = 3;

  private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();

  /** A whole file: format and samples. */
  static byte[] of(int tag, int channels, int rate, int bits, byte[] data) {
    return new WavBytes().fmt(tag, channels, rate, bits).chunk("data", data).bytes();
  }

  WavBytes fmt(int tag, int channels, int rate, int bits) {
    return chunk("fmt ", format(tag, channels, rate, bits));
  }

  /** {@code WAVE_FORMAT_EXTENSIBLE} around the given format. */
  WavBytes extensible(int tag, int channels, int rate, int bits) {
    byte[] guid = {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71};
    ByteBuffer fmt = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    fmt.put(format(0xfffe, channels, rate, bits));
    fmt.putShort((short) 22).putShort((short) bits).putInt(0).putShort((short) tag).put(guid);
    return chunk("fmt ", fmt.array());
  }

  WavBytes chunk(String name, byte[] data) {
    return chunk(name, data, data.length);
  }

  /** A chunk that declares another size than it has. */
  WavBytes chunk(String name, byte[] data, int declared) {
    chunks.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
    chunks.writeBytes(ints(declared));
    chunks.writeBytes(data);
    if (data.length % 2 == 1) {
      chunks.write(0);
    }
    return this;
  }

  byte[] bytes() {
    ByteBuffer file = ByteBuffer.allocate(12 + chunks.size()).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(4 + chunks.size());
    file.put("WAVE".getBytes(StandardCharsets.ISO_8859_1)).put(chunks.toByteArray());
    return file.array();
  }

  /** 16-bit samples. */
  static byte[] shorts(int... samples) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int sample : samples) {
      bytes.putShort((short) sample);
    }
    return bytes.array();
  }

  /** 32-bit samples. */
  static byte[] ints(int... samples) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int sample : samples) {
      bytes.putInt(sample);
    }
    return bytes.array();
  }

  static byte[] floats(float... samples) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float sample : samples) {
      bytes.putFloat(sample);
    }
    return bytes.array();
  }

  static byte[] doubles(double... samples) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double sample : samples) {
      bytes.putDouble(sample);
    }
    return bytes.array();
  }

  private static byte[] format(int tag, int channels, int rate, int bits) {
    int frame = channels * ((bits + 7) / 8);
    ByteBuffer fmt = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    fmt.putShort((short) tag).putShort((short) channels).putInt(rate);
    fmt.putInt(rate * frame).putShort((short) frame).putShort((short) bits);
    return fmt.array();
  }
}
