package parity.cosyvoice.hift;

import java.lang.foreign.Arena;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * {@code _stft} and {@code torch.istft} as {@code _istft} calls it, in hifigan/generator.py:
 * centred frames, reflected at the ends, under a periodic Hann window.
 *
 * <p>A frame has 16 samples, so the transform is a sum over a table, in double.
 */
final class Stft {
  private final int size;
  private final int hop;
  private final int bins;
  private final double[] window;
  private final double[] cos;
  private final double[] sin;

  /**
   * Makes the tables.
   *
   * @param size {@code n_fft}, even
   * @param hop {@code hop_len}
   */
  Stft(int size, int hop) {
    this.size = size;
    this.hop = hop;
    this.bins = size / 2 + 1;
    this.window = new double[size];
    this.cos = new double[size];
    this.sin = new double[size];
    for (int n = 0; n < size; n++) {
      double angle = 2 * Math.PI * n / size;
      cos[n] = Math.cos(angle);
      sin[n] = Math.sin(angle);
      window[n] = (float) (0.5 - 0.5 * cos[n]);
    }
  }

  /**
   * The spectrum of a signal.
   *
   * @param signal F32 of S samples, more than half a frame
   * @param frames how many frames to return, at most 1 + S / hop
   * @return F32 [1, 2 bins, frames]: the real parts, then the imaginary ones
   */
  Tensor transform(Tensor signal, long frames, Arena arena) {
    Tensor spectrum = Tensor.allocate(DType.F32, Shape.of(1, 2L * bins, frames), arena);
    double[] windowed = new double[size];
    for (long frame = 0; frame < frames; frame++) {
      for (int n = 0; n < size; n++) {
        long at = frame * hop + n - size / 2;
        windowed[n] = window[n] * signal.getFloat(reflect(at, signal.elements()));
      }
      for (int bin = 0; bin < bins; bin++) {
        double real = 0;
        double imaginary = 0;
        for (int n = 0; n < size; n++) {
          real += windowed[n] * cos[bin * n % size];
          imaginary -= windowed[n] * sin[bin * n % size];
        }
        spectrum.setFloat(bin * frames + frame, (float) real);
        spectrum.setFloat((bins + bin) * frames + frame, (float) imaginary);
      }
    }
    return spectrum;
  }

  private static long reflect(long at, long length) {
    long positive = Math.abs(at);
    return positive < length ? positive : 2 * (length - 1) - positive;
  }

  /**
   * The signal of a spectrum: frames added where they overlap, divided by the sum of their squared
   * windows, half a frame cut off at either end.
   *
   * @param spectrum F32 [1, 2 bins, frames] as {@link #transform} returns it; the imaginary parts
   *     of the first and the last bin count for nothing
   * @return (frames - 1) * hop samples
   */
  double[] inverse(Tensor spectrum) {
    int frames = Math.toIntExact(spectrum.shape().dim(2));
    double[] sum = new double[(frames - 1) * hop + size];
    double[] envelope = new double[sum.length];
    double[] real = new double[bins];
    double[] imaginary = new double[bins];
    for (int frame = 0; frame < frames; frame++) {
      for (int bin = 0; bin < bins; bin++) {
        real[bin] = spectrum.getFloat((long) bin * frames + frame);
        imaginary[bin] = spectrum.getFloat((long) (bins + bin) * frames + frame);
      }
      for (int n = 0; n < size; n++) {
        int at = frame * hop + n;
        sum[at] += window[n] * sample(real, imaginary, n);
        envelope[at] += window[n] * window[n];
      }
    }
    double[] signal = new double[(frames - 1) * hop];
    for (int i = 0; i < signal.length; i++) {
      signal[i] = sum[i + size / 2] / envelope[i + size / 2];
    }
    return signal;
  }

  private double sample(double[] real, double[] imaginary, int n) {
    double sum = real[0] + (n % 2 == 0 ? real[bins - 1] : -real[bins - 1]);
    for (int bin = 1; bin < bins - 1; bin++) {
      int angle = bin * n % size;
      sum += 2 * (real[bin] * cos[angle] - imaginary[bin] * sin[angle]);
    }
    return sum / size;
  }
}
