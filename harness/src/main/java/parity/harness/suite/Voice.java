package parity.harness.suite;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * A recording that is computed: syllables of a gliding pitch with formants, hiss and pauses between
 * them. The same bytes on every machine.
 *
 * @param name of its file, without ending
 * @param rate Hz
 * @param channels of which each hears it a little later than the one before
 * @param frames samples of a channel
 * @param seed of its melody and its hiss
 */
record Voice(String name, int rate, int channels, int frames, long seed) {
  private static final double SYLLABLES_PER_SECOND = 4;
  private static final double LOWEST_PITCH = 90;
  private static final double HIGHEST_PITCH = 330;

  /** Part of a syllable in which nothing sounds, and in which it hisses. */
  private static final double PAUSE = 0.12;

  private static final double HISS = 0.3;

  /** Of each vowel two resonances in Hz, and how wide they are. */
  private static final double[][] VOWELS = {{730, 1090}, {270, 2290}, {300, 870}, {530, 1840}};

  private static final double WIDTH = 220;
  private static final int HARMONICS = 24;

  /** So many samples hear one timbre. */
  private static final int BLOCK = 64;

  private static final double LOUDNESS = 0.35;
  private static final double SAMPLES_LATER = 7;

  /** The file's name. */
  String file() {
    return name + ".wav";
  }

  /** Writes it as 16-bit WAV. */
  void write(Path folder) {
    double[] sound = sound();
    ByteBuffer bytes =
        ByteBuffer.allocate(frames * channels * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int frame = 0; frame < frames; frame++) {
      for (int channel = 0; channel < channels; channel++) {
        int heard = (int) (frame - channel * SAMPLES_LATER);
        bytes.putShort((short) Math.round(heard < 0 ? 0 : sound[heard] * Short.MAX_VALUE));
      }
    }
    AudioFormat format = new AudioFormat(rate, Short.SIZE, channels, true, false);
    try (AudioInputStream in =
        new AudioInputStream(new ByteArrayInputStream(bytes.array()), format, frames)) {
      AudioSystem.write(in, AudioFileFormat.Type.WAVE, folder.resolve(file()).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double[] sound() {
    Random random = new Random(seed);
    double[] sound = new double[frames];
    int length = (int) (rate / SYLLABLES_PER_SECOND);
    double phase = 0;
    for (int start = 0; start < frames; start += length) {
      double from = pitch(random);
      double to = pitch(random);
      double[] vowel = VOWELS[random.nextInt(VOWELS.length)];
      double[] gains = {};
      for (int i = 0; i < Math.min(length, frames - start); i++) {
        double at = (double) i / length;
        double hiss = random.nextGaussian();
        if (at >= PAUSE && at < HISS) {
          sound[start + i] = LOUDNESS * envelope((at - PAUSE) / (HISS - PAUSE)) * hiss / 8;
        } else if (at >= HISS) {
          double pitch = from + (to - from) * at;
          phase += pitch / rate;
          if (gains.length == 0 || i % BLOCK == 0) {
            gains = gains(pitch, vowel);
          }
          sound[start + i] = LOUDNESS * envelope((at - HISS) / (1 - HISS)) * voiced(phase, gains);
        }
      }
    }
    return sound;
  }

  private static double pitch(Random random) {
    return LOWEST_PITCH * StrictMath.pow(HIGHEST_PITCH / LOWEST_PITCH, random.nextDouble());
  }

  /** Rises and falls in a sine. */
  private static double envelope(double at) {
    return StrictMath.sin(Math.PI * at);
  }

  /** How loud each harmonic is at a pitch: a glottal pulse, louder near the resonances. */
  private double[] gains(double pitch, double[] resonances) {
    double[] gains = new double[HARMONICS];
    for (int k = 1; k <= HARMONICS && k * pitch < rate / 2.0; k++) {
      double gain = 0.3;
      for (double resonance : resonances) {
        double off = (k * pitch - resonance) / WIDTH;
        gain += 0.6 * StrictMath.exp(-off * off);
      }
      gains[k - 1] = gain / k;
    }
    return gains;
  }

  /** The harmonics together; each sine follows from the two before it. */
  private static double voiced(double phase, double[] gains) {
    double angle = 2 * Math.PI * (phase - StrictMath.floor(phase));
    double twice = 2 * StrictMath.cos(angle);
    double before = 0;
    double sine = StrictMath.sin(angle);
    double sum = 0;
    for (double gain : gains) {
      sum += gain * sine;
      double next = twice * sine - before;
      before = sine;
      sine = next;
    }
    return Math.clamp(sum, -1, 1);
  }
}
