package parity.cosyvoice.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Names what a WAV file is coded with, for messages about those that are not read. */
final class WavCodec {
  /** How much of a file to look at. */
  static final int HEADER = 4096;

  private static final int FIRST_CHUNK = 12;
  private static final int EXTENSIBLE = 0xfffe;

  private WavCodec() {}

  /**
   * @param header the first bytes of the file
   */
  static String describe(byte[] header) {
    ByteBuffer bytes = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    long at = FIRST_CHUNK;
    while (at + 8 <= header.length) {
      int chunk = (int) at;
      String name = new String(header, chunk, 4, StandardCharsets.ISO_8859_1);
      long size = Integer.toUnsignedLong(bytes.getInt(chunk + 4));
      if (name.equals("fmt ")) {
        return size >= 16 && chunk + 8 + size <= header.length
            ? codec(bytes, chunk + 8, size)
            : "a damaged 'fmt ' chunk of " + size + " bytes";
      }
      if (name.equals("data")) {
        return "samples before any 'fmt ' chunk";
      }
      at += 8 + size + (size & 1);
    }
    return "no 'fmt ' chunk (cut off or damaged)";
  }

  private static String codec(ByteBuffer bytes, int at, long size) {
    int tag = Short.toUnsignedInt(bytes.getShort(at));
    int channels = Short.toUnsignedInt(bytes.getShort(at + 2));
    int bits = Short.toUnsignedInt(bytes.getShort(at + 14));
    if (tag == EXTENSIBLE && size >= 26) {
      tag = Short.toUnsignedInt(bytes.getShort(at + 24));
    }
    String name =
        switch (tag) {
          case 0x01 -> "PCM";
          case 0x02 -> "Microsoft ADPCM";
          case 0x03 -> "IEEE float";
          case 0x06 -> "A-law";
          case 0x07 -> "mu-law";
          case 0x11 -> "IMA ADPCM";
          case 0x31 -> "GSM 6.10";
          case 0x50, 0x55 -> "MPEG (MP3)";
          case 0xff -> "AAC";
          default -> "codec 0x%04x".formatted(tag);
        };
    return "%s of %d bits and %d channels".formatted(name, bits, channels);
  }
}
