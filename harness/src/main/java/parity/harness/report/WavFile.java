package parity.harness.report;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import parity.tensors.BadInput;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** A waveform as a mono float32 WAV, every bit of it kept. */
public final class WavFile {
  /** What one array holds; three hours of speech. */
  private static final long MAX_BYTES = 1 << 30;

  private static final String EXPECTED =
      "expected a whole mono float32 WAV, as a capture has it; capture again";

  private WavFile() {}

  /**
   * Writes a file of one channel.
   *
   * @param waveform float32 [1, S]
   * @param sampleRate Hz
   */
  public static void write(Path file, Tensor waveform, int sampleRate) {
    if (waveform.dtype() != DType.F32) {
      throw new IllegalArgumentException("a waveform is F32, not " + waveform);
    }
    byte[] samples = waveform.data().toArray(ValueLayout.JAVA_BYTE);
    AudioFormat format =
        new AudioFormat(
            AudioFormat.Encoding.PCM_FLOAT,
            sampleRate,
            Float.SIZE,
            1,
            Float.BYTES,
            sampleRate,
            false);
    try (AudioInputStream in =
        new AudioInputStream(new ByteArrayInputStream(samples), format, waveform.elements())) {
      AudioSystem.write(in, AudioFileFormat.Type.WAVE, file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a file of one channel, of any length.
   *
   * @param arena where the samples live
   * @return float32 [1, S]
   * @throws BadInput if the file is no mono float32 WAV, or cut off; it says what it is instead
   */
  public static Tensor read(Path file, Arena arena) {
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        AudioInputStream in = AudioSystem.getAudioInputStream(bytes)) {
      requireMonoFloats(file, in.getFormat());
      if (Files.size(file) > MAX_BYTES) {
        throw bad(file, "has " + Files.size(file) + " bytes, more than are read");
      }
      byte[] samples = in.readAllBytes();
      if (samples.length != in.getFrameLength() * Float.BYTES) {
        throw bad(
            file, "ends after %d of %d samples".formatted(samples.length / 4, in.getFrameLength()));
      }
      Tensor waveform =
          Tensor.allocate(DType.F32, Shape.of(1, samples.length / Float.BYTES), arena);
      waveform
          .data()
          .copyFrom(MemorySegment.ofArray(samples).asSlice(0, waveform.data().byteSize()));
      return waveform;
    } catch (UnsupportedAudioFileException | IOException e) {
      throw new BadInput(file + ": is not a WAV file that can be read; " + EXPECTED, e);
    }
  }

  /** Of frames that are longer than its buffer the JDK's stream reads none, without end. */
  private static void requireMonoFloats(Path file, AudioFormat format) {
    if (!format.getEncoding().equals(AudioFormat.Encoding.PCM_FLOAT)
        || format.getSampleSizeInBits() != Float.SIZE
        || format.getChannels() != 1
        || format.isBigEndian()
        || format.getFrameSize() != Float.BYTES) {
      throw bad(
          file,
          "has %d channels of %d bits (%s) in frames of %d bytes"
              .formatted(
                  format.getChannels(),
                  format.getSampleSizeInBits(),
                  format.getEncoding(),
                  format.getFrameSize()));
    }
  }

  private static BadInput bad(Path file, String found) {
    return new BadInput(file + ": " + found + "; " + EXPECTED);
  }
}
