package parity.cosyvoice.audio.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import parity.tensors.BadInputException;

/**
 * The {@code 'fmt '} chunk of a WAV file.
 *
 * @param sampleRate in Hz, above 0
 */
public record WavFormat(WavSample sample, int channels, int sampleRate) {
  /** The shortest chunk; what is behind it counts for {@code WAVE_FORMAT_EXTENSIBLE} alone. */
  static final int SIZE = 16;

  /** Size of the chunk of {@code WAVE_FORMAT_EXTENSIBLE}. */
  static final int EXTENSIBLE_SIZE = 40;

  /** libsndfile stops at 1024; PyTorch's mean has another order of summing from 512 on. */
  private static final int MAX_CHANNELS = 511;

  private static final int PCM = 1;
  private static final int FLOAT = 3;
  private static final int EXTENSIBLE = 0xfffe;
  private static final int GUID = 24;

  /** Ends of the GUIDs whose first two bytes are a format's tag: Microsoft's, and Ambisonic B. */
  private static final byte[] MICROSOFT = {
    0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71
  };

  private static final byte[] AMBISONIC = {
    0,
    0,
    0x21,
    0x07,
    (byte) 0xd3,
    0x11,
    (byte) 0x86,
    0x44,
    (byte) 0xc8,
    (byte) 0xc1,
    (byte) 0xca,
    0,
    0,
    0
  };

  /**
   * Reads the chunk.
   *
   * @param chunk its first bytes, at best {@link #EXTENSIBLE_SIZE}
   * @throws BadInputException if it is too short, of a codec that is not read, or contradicts
   *     itself
   */
  static WavFormat of(Path file, byte[] chunk) {
    if (chunk.length < SIZE) {
      throw new BadInputException(
          "%s: the WAV's 'fmt ' chunk has %d bytes, expected %d or more; export the recording anew"
              .formatted(file, chunk.length, SIZE));
    }
    ByteBuffer bytes = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    int channels = Short.toUnsignedInt(bytes.getShort(2));
    int rate = bytes.getInt(4);
    int align = Short.toUnsignedInt(bytes.getShort(12));
    int bits = Short.toUnsignedInt(bytes.getShort(14));
    if (channels < 1 || channels > MAX_CHANNELS) {
      throw new BadInputException(
          file + ": " + channels + " channels, expected 1 to " + MAX_CHANNELS);
    }
    WavSample sample = sample(file, tag(bytes), bits, channels);
    if (rate <= 0) {
      throw new BadInputException(
          "%s: sampling rate %d Hz, expected one from 1 to %d; export the recording anew"
              .formatted(file, Integer.toUnsignedLong(rate), Integer.MAX_VALUE));
    }
    // libsndfile goes by the bits alone; with another block align its samples may be noise.
    if (align != channels * sample.width()) {
      throw new BadInputException(
          "%s: the WAV's block align is %d, but a frame of %d channel(s) of %d bits has %d bytes; export the recording anew"
              .formatted(file, align, channels, bits, channels * sample.width()));
    }
    return new WavFormat(sample, channels, rate);
  }

  /** Bytes of a frame: one sample of each channel. */
  int frameSize() {
    return channels * sample.width();
  }

  private static int tag(ByteBuffer chunk) {
    int tag = Short.toUnsignedInt(chunk.getShort(0));
    if (tag != EXTENSIBLE || chunk.capacity() < EXTENSIBLE_SIZE) {
      return tag;
    }
    byte[] end = new byte[EXTENSIBLE_SIZE - GUID - 2];
    chunk.get(GUID + 2, end);
    boolean known = Arrays.equals(end, MICROSOFT) || Arrays.equals(end, AMBISONIC);
    return known ? Short.toUnsignedInt(chunk.getShort(GUID)) : tag;
  }

  /** libsndfile goes by the bytes a sample takes, not by how many of their bits count. */
  private static WavSample sample(Path file, int tag, int bits, int channels) {
    if (tag == FLOAT && (bits == 32 || bits == 64)) {
      return bits == 32 ? WavSample.F32 : WavSample.F64;
    }
    if (tag == PCM && bits > 0 && bits <= 32) {
      return switch ((bits + 7) / 8) {
        case 1 -> WavSample.U8;
        case 2 -> WavSample.S16;
        case 3 -> WavSample.S24;
        default -> WavSample.S32;
      };
    }
    throw new BadInputException(
        "%s: WAV with %s of %d bits and %d channels, expected PCM of 8, 16, 24 or 32 bits or float of 32 or 64; convert the recording"
            .formatted(file, codec(tag), bits, channels));
  }

  private static String codec(int tag) {
    return switch (tag) {
      case PCM -> "PCM";
      case 0x02 -> "Microsoft ADPCM";
      case FLOAT -> "IEEE float";
      case 0x06 -> "A-law";
      case 0x07 -> "mu-law";
      case 0x11 -> "IMA ADPCM";
      case 0x31 -> "GSM 6.10";
      case 0x50, 0x55 -> "MPEG (MP3)";
      case 0xff -> "AAC";
      case EXTENSIBLE -> "an extensible format that names no codec we know";
      default -> "codec 0x%04x".formatted(tag);
    };
  }
}
