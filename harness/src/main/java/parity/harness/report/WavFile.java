package parity.harness.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import parity.tensors.DType;
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
}
