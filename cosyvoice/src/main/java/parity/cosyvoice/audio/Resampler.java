package parity.cosyvoice.audio;

import java.lang.foreign.Arena;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * {@code torchaudio.transforms.Resample(orig_freq, new_freq)} with its defaults: a windowed sinc
 * ({@code sinc_interp_hann}, {@code lowpass_filter_width=6}, {@code rolloff=0.99}).
 *
 * <p>The kernel is float32 as in {@code torchaudio/functional/functional.py:
 * _get_sinc_resample_kernel}, and sums are fused float32 steps from the first tap to the last: on
 * x86 {@code conv1d} does just that, so the samples come out equal to the last bit, and what is
 * computed from them is not blurred by two different roundings.
 */
public final class Resampler {
  private static final int LOWPASS_FILTER_WIDTH = 6;
  private static final double ROLLOFF = 0.99;

  private final int origFreq;
  private final int newFreq;
  private final double baseFreq;

  /** Kernel of each phase, {newFreq, taps}; empty until the phase is met. */
  private final float[][] kernels;

  /** A resampler from {@code origFreq} Hz to {@code newFreq} Hz. */
  public Resampler(int origFreq, int newFreq) {
    int gcd = gcd(origFreq, newFreq);
    this.origFreq = origFreq / gcd;
    this.newFreq = newFreq / gcd;
    this.baseFreq = Math.min(this.origFreq, this.newFreq) * ROLLOFF;
    this.kernels = new float[this.newFreq][0];
  }

  /**
   * How many samples {@code samples} become. Upstream takes the ceiling of a float32, so a fraction
   * too small for float32 adds no sample.
   */
  public static long length(long samples, int origFreq, int newFreq) {
    int gcd = gcd(origFreq, newFreq);
    long up = newFreq / gcd * samples;
    int down = origFreq / gcd;
    return (long) Math.ceil((float) ((double) up / down));
  }

  /**
   * Resamples.
   *
   * @param speech [1, S] float32
   * @param arena where the result lives
   * @return [1, length(S)] float32; {@code speech} itself where the rates are equal
   */
  public Tensor resample(Tensor speech, Arena arena) {
    if (origFreq == newFreq) {
      return speech;
    }
    long target = length(speech.elements(), origFreq, newFreq);
    Tensor resampled = Tensor.allocate(DType.F32, Shape.of(1, target), arena);
    for (long out = 0; out < target; out++) {
      int phase = (int) (out % newFreq);
      if (kernels[phase].length == 0) {
        kernels[phase] = kernel(phase);
      }
      long first = out / newFreq * origFreq + firstTap(phase);
      resampled.setFloat(out, convolve(speech, first, kernels[phase]));
    }
    return resampled;
  }

  /** Samples before the first and after the last are zero. */
  private static float convolve(Tensor speech, long first, float[] kernel) {
    int begin = (int) Math.max(0, -first);
    int end = (int) Math.min(kernel.length, speech.elements() - first);
    float sum = 0;
    for (int tap = begin; tap < end; tap++) {
      sum = Math.fma(kernel[tap], speech.getFloat(first + tap), sum);
    }
    return sum;
  }

  /** The first input sample, counted from the phase's block, that the window does not cut away. */
  private int firstTap(int phase) {
    double center = (double) phase / newFreq;
    return (int) Math.floor((center - LOWPASS_FILTER_WIDTH / baseFreq) * origFreq);
  }

  private int lastTap(int phase) {
    double center = (double) phase / newFreq;
    return (int) Math.ceil((center + LOWPASS_FILTER_WIDTH / baseFreq) * origFreq);
  }

  private float[] kernel(int phase) {
    int first = firstTap(phase);
    float[] kernel = new float[lastTap(phase) - first + 1];
    // Upstream divides two integer tensors here, which PyTorch does in float32; all else is double.
    double shift = (float) -phase / (float) newFreq;
    double scale = baseFreq / origFreq;
    for (int tap = 0; tap < kernel.length; tap++) {
      double t = (shift + (double) (first + tap) / origFreq) * baseFreq;
      t = Math.clamp(t, -LOWPASS_FILTER_WIDTH, LOWPASS_FILTER_WIDTH);
      double cos = Math.cos(t * Math.PI / LOWPASS_FILTER_WIDTH / 2);
      double window = cos * cos;
      t *= Math.PI;
      double sinc = t == 0 ? 1 : Math.sin(t) / t;
      kernel[tap] = (float) (sinc * (window * scale));
    }
    return kernel;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
