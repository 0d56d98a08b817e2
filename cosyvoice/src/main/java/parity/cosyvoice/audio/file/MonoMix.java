package parity.cosyvoice.audio.file;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import parity.cosyvoice.audio.FloatMean;
import parity.cosyvoice.audio.Resampler;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * Takes the frames of a recording as they are decoded, keeps their mean over the channels, and
 * holds the limits that upstream asserts.
 */
final class MonoMix {
  private static final int MIN_RATE = 16_000;

  /** Far above any recorder; upstream's resampling kernel would take gigabytes. */
  private static final int MAX_RATE = 768_000;

  private static final int MAX_SPEECH_16K = 30 * 16_000;

  private final Path file;
  private final int sampleRate;
  private float[] samples = new float[1 << 16];
  private int size;

  /**
   * @throws BadInputException if the sampling rate is one that upstream refuses
   */
  MonoMix(Path file, long sampleRate) {
    if (sampleRate < MIN_RATE || sampleRate > MAX_RATE) {
      String limit =
          sampleRate < MIN_RATE
              ? "at least " + MIN_RATE + " Hz (upstream asserts it)"
              : "at most " + MAX_RATE + " Hz";
      throw new BadInputException(
          "%s: sampling rate %d Hz, expected %s; record it anew"
              .formatted(file, sampleRate, limit));
    }
    this.file = file;
    this.sampleRate = Math.toIntExact(sampleRate);
  }

  /**
   * Judge a length that a header declares, before anything is decoded.
   *
   * @throws BadInputException if it is over 30 s
   */
  void expect(long frames) {
    if (Resampler.length(frames, sampleRate, MIN_RATE) > MAX_SPEECH_16K) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "%s: %.3f s long, expected at most 30 s (upstream asserts it); cut it",
              file,
              (double) frames / sampleRate));
    }
  }

  /**
   * Adds one sample of each channel.
   *
   * @throws BadInputException if the recording is over 30 s by now, or a sample is NaN or infinite
   */
  void add(float[] frame) {
    float sample = FloatMean.of(frame);
    if (!Float.isFinite(sample)) {
      throw new BadInputException(
          "%s: sample %d is %s, expected finite numbers; export the recording anew"
              .formatted(file, size, sample));
    }
    if (size == samples.length) {
      expect(size);
      samples = Arrays.copyOf(samples, 2 * size);
    }
    samples[size++] = sample;
  }

  /**
   * The whole recording.
   *
   * @throws BadInputException if it is empty or over 30 s
   */
  AudioFile finish(Arena arena) {
    if (size == 0) {
      throw new BadInputException(file + ": no samples, expected speech of up to 30 s");
    }
    expect(size);
    Tensor speech = Tensor.allocate(DType.F32, Shape.of(1, size), arena);
    speech.data().copyFrom(Tensor.ofFloats(Shape.of(size), Arrays.copyOf(samples, size)).data());
    return new AudioFile(sampleRate, speech);
  }
}
