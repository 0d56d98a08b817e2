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
import java.util.Optional;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** A waveform as a mono float32 WAV, every bit of it kept. */
public final class WavFile {
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
   * @return float32 [1, S]; empty if the file is no mono float32 WAV, or cut off
   */
  public static Optional<Tensor> read(Path file, Arena arena) {
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        AudioInputStream in = AudioSystem.getAudioInputStream(bytes)) {
      AudioFormat format = in.getFormat();
      if (!format.getEncoding().equals(AudioFormat.Encoding.PCM_FLOAT)
          || format.getSampleSizeInBits() != Float.SIZE
          || format.getChannels() != 1
          || format.isBigEndian()) {
        return Optional.empty();
      }
      byte[] samples = in.readAllBytes();
      if (samples.length != in.getFrameLength() * Float.BYTES) {
        return Optional.empty();
      }
      Tensor waveform =
          Tensor.allocate(DType.F32, Shape.of(1, samples.length / Float.BYTES), arena);
      waveform
          .data()
          .copyFrom(MemorySegment.ofArray(samples).asSlice(0, waveform.data().byteSize()));
      return Optional.of(waveform);
    } catch (UnsupportedAudioFileException | IOException e) {
      return Optional.empty();
    }
  }
}
