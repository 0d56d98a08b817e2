package parity.cosyvoice.audio;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import parity.tensors.BadInput;

/** WAV files: the JDK finds the samples, and they become float32 as libsndfile makes them. */
final class WavDecoder {
  private static final int BYTES_AT_ONCE = 1 << 16;

  /** libsndfile stops at 1024; PyTorch's mean has another order of summing from 512 on. */
  private static final int MAX_CHANNELS = 511;

  /** The length that is written where a stream's end is not known yet. */
  private static final long UNKNOWN_LENGTH = 0xffff_ffffL;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private WavDecoder() {}

  static AudioFile read(Path file, InputStream in, Arena arena) throws IOException {
    in.mark(WavCodec.HEADER);
    String codec = WavCodec.describe(in.readNBytes(WavCodec.HEADER));
    in.reset();
    try (AudioInputStream sound = AudioSystem.getAudioInputStream(in)) {
      return decode(file, sound, codec, arena);
    } catch (UnsupportedAudioFileException e) {
      throw new BadInput(unsupported(file, codec), e);
    }
  }

  private static AudioFile decode(Path file, AudioInputStream sound, String codec, Arena arena)
      throws IOException {
    AudioFormat format = sound.getFormat();
    int channels = format.getChannels();
    int frameSize = format.getFrameSize();
    if (channels < 1 || channels > MAX_CHANNELS || frameSize < channels) {
      throw new BadInput(file + ": " + channels + " channels, expected 1 to " + MAX_CHANNELS);
    }
    int width = frameSize / channels;
    Sample sample = sample(format.getEncoding(), width);
    if (sample == Sample.UNSUPPORTED) {
      throw new BadInput(unsupported(file, codec));
    }
    MonoMix mix = new MonoMix(file, (long) format.getSampleRate());
    long declared = sound.getFrameLength();
    boolean known = declared * frameSize <= UNKNOWN_LENGTH - frameSize;
    if (known) {
      mix.expect(declared);
    }
    byte[] block = new byte[Math.max(1, BYTES_AT_ONCE / frameSize) * frameSize];
    MemorySegment bytes = MemorySegment.ofArray(block);
    float[] frame = new float[channels];
    long frames = 0;
    for (int read = sound.readNBytes(block, 0, block.length);
        read >= frameSize;
        read = sound.readNBytes(block, 0, block.length)) {
      for (int at = 0; at + frameSize <= read; at += frameSize, frames++) {
        for (int channel = 0; channel < channels; channel++) {
          frame[channel] = sample.at(bytes, at + (long) channel * width);
        }
        mix.add(frame);
      }
    }
    // libsndfile reads what is there and says nothing: a harness must not judge half a recording.
    if (known && frames < declared) {
      throw new BadInput(
          "%s: cut off, %d of %d samples are there; copy or record it again"
              .formatted(file, frames, declared));
    }
    return mix.finish(arena);
  }

  private static String unsupported(Path file, String codec) {
    return file
        + ": WAV with "
        + codec
        + ", expected a 'data' chunk with PCM of 8, 16, 24 or 32 bits or float of 32 or 64;"
        + " convert the recording";
  }

  /**
   * libsndfile goes by the bytes a sample takes, not by how many of their bits are said to count.
   */
  private static Sample sample(Encoding encoding, int width) {
    if (encoding.equals(Encoding.PCM_FLOAT)) {
      return width == 4 ? Sample.F32 : width == 8 ? Sample.F64 : Sample.UNSUPPORTED;
    }
    if (encoding.equals(Encoding.PCM_SIGNED) || encoding.equals(Encoding.PCM_UNSIGNED)) {
      return switch (width) {
        case 1 -> Sample.U8;
        case 2 -> Sample.S16;
        case 3 -> Sample.S24;
        case 4 -> Sample.S32;
        default -> Sample.UNSUPPORTED;
      };
    }
    return Sample.UNSUPPORTED;
  }

  /** How one sample becomes float32 in libsndfile ({@code pcm.c}, {@code float32.c}). */
  private enum Sample {
    U8,
    S16,
    S24,
    S32,
    F32,
    F64,
    UNSUPPORTED;

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
        case UNSUPPORTED -> throw new IllegalStateException("no sample to read");
      };
    }
  }
}
