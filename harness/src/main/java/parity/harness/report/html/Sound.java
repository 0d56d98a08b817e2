package parity.harness.report.html;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Locale;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import parity.harness.result.Samples;

/** A waveform as a 16-bit WAV within the page, and as an outline. */
final class Sound {
  /** Width of an outline; its height is from -100 to 100. */
  static final int WIDTH = 800;

  private Sound() {}

  /** The address of a recording that is the recording; what is beyond full scale is cut. */
  static String wav(Samples samples, int sampleRate) {
    ByteBuffer bytes =
        ByteBuffer.allocate(samples.length() * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples.length(); i++) {
      bytes.putShort((short) Math.round(Math.clamp(samples.at(i), -1f, 1f) * Short.MAX_VALUE));
    }
    AudioFormat format = new AudioFormat(sampleRate, Short.SIZE, 1, true, false);
    try (AudioInputStream in =
            new AudioInputStream(
                new ByteArrayInputStream(bytes.array()), format, samples.length());
        ByteArrayOutputStream wav = new ByteArrayOutputStream()) {
      AudioSystem.write(in, AudioFileFormat.Type.WAVE, wav);
      return "data:audio/wav;base64," + Base64.getEncoder().encodeToString(wav.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The path of an SVG: lowest and highest sample of each column, full scale being 100. */
  static String outline(Samples samples) {
    int columns = Math.max(1, Math.min(WIDTH, samples.length()));
    StringBuilder path = new StringBuilder();
    for (int column = 0; column < columns; column++) {
      int from = (int) ((long) column * samples.length() / columns);
      int to = (int) ((long) (column + 1) * samples.length() / columns);
      float low = 0;
      float high = 0;
      for (int i = from; i < to; i++) {
        low = Math.min(low, samples.at(i));
        high = Math.max(high, samples.at(i));
      }
      String x = number((double) column * WIDTH / columns);
      path.append('M').append(x).append(' ').append(number(-100 * clean(high)));
      path.append('V').append(number(-100 * clean(low) + 0.4));
    }
    return path.toString();
  }

  private static double clean(float value) {
    return Float.isNaN(value) ? 0 : Math.clamp(value, -1, 1);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
