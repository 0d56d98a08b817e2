package parity.cosyvoice.audio;

import java.lang.foreign.Arena;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * {@code torchaudio.compliance.kaldi.fbank(speech, num_mel_bins=80, dither=0,
 * sample_frequency=16000)}, which the speaker encoder hears. The waveform is not scaled to 16-bit
 * integers, and the mean over time is still in it.
 */
public final class KaldiFbank {
  /** Samples of one frame (25 ms); with fewer there is none. */
  public static final int WINDOW_SIZE = 400;

  private static final int SAMPLE_FREQUENCY = 16_000;
  private static final int WINDOW_SHIFT = 160;
  private static final int PADDED_WINDOW_SIZE = 512;
  private static final int NUM_MEL_BINS = 80;
  private static final double LOW_FREQ = 20;
  private static final float PREEMPHASIS_COEFFICIENT = 0.97f;

  /** {@code torch.finfo(torch.float).eps}. */
  private static final double EPSILON = 0x1p-23;

  private final float[] window = Windows.povey(WINDOW_SIZE);
  private final MelBank melBanks =
      MelBank.kaldi(NUM_MEL_BINS, PADDED_WINDOW_SIZE, SAMPLE_FREQUENCY, LOW_FREQ);

  /**
   * @param speech16k [1, S] float32, S at least 400
   * @param arena where the result lives
   * @return [M, 80] float32, M = 1 + (S - 400) / 160
   */
  public Tensor fbank(Tensor speech16k, Arena arena) {
    if (speech16k.elements() < WINDOW_SIZE) {
      throw new IllegalArgumentException(
          speech16k + " is too short for a frame of " + WINDOW_SIZE + " samples");
    }
    long frames = 1 + (speech16k.elements() - WINDOW_SIZE) / WINDOW_SHIFT;
    Tensor fbank = Tensor.allocate(DType.F32, Shape.of(frames, NUM_MEL_BINS), arena);
    Spectrum spectrum = new Spectrum(PADDED_WINDOW_SIZE);
    float[] samples = new float[WINDOW_SIZE];
    double[] frame = new double[WINDOW_SIZE];
    for (long m = 0; m < frames; m++) {
      for (int i = 0; i < WINDOW_SIZE; i++) {
        samples[i] = speech16k.getFloat(m * WINDOW_SHIFT + i);
      }
      fill(frame, samples);
      double[] power = spectrum.power(frame);
      for (int bin = 0; bin < NUM_MEL_BINS; bin++) {
        double energy = Math.max(melBanks.apply(bin, power), EPSILON);
        fbank.setFloat(m * NUM_MEL_BINS + bin, (float) Math.log(energy));
      }
    }
    return fbank;
  }

  /**
   * {@code _get_window} in its own float32 steps, for their rounding is in upstream's result: less
   * the mean, pre-emphasis with the first sample repeated, window.
   */
  private void fill(double[] frame, float[] samples) {
    float mean = FloatMean.of(samples);
    float previous = samples[0] - mean;
    for (int i = 0; i < WINDOW_SIZE; i++) {
      float sample = samples[i] - mean;
      float emphasized = sample - PREEMPHASIS_COEFFICIENT * previous;
      frame[i] = emphasized * window[i];
      previous = sample;
    }
  }
}
