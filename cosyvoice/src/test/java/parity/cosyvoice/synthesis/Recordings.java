package parity.cosyvoice.synthesis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Recordings of our own making. */
public final class Recordings {
  private static final int RATE = 16_000;

  private Recordings() {}

  /** A tone with a little vibrato, 16 kHz, 16 bit. */
  public static Path tone(Path file, double seconds, double loudness) {
    int samples = (int) Math.round(seconds * RATE);
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples; i++) {
      double time = (double) i / RATE;
      double phase = 2 * Math.PI * 180 * time + 3 * Math.sin(2 * Math.PI * 5 * time);
      bytes.putShort((short) Math.round(loudness * Short.MAX_VALUE * Math.sin(phase)));
    }
    AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
    try (AudioInputStream sound =
        new AudioInputStream(new ByteArrayInputStream(bytes.array()), format, samples)) {
      AudioSystem.write(sound, AudioFileFormat.Type.WAVE, file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
