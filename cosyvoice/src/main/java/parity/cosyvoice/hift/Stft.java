package parity.cosyvoice.hift;

import java.lang.foreign.Arena;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * {@code _stft} and {@code torch.istft} as {@code _istft} calls it, in hifigan/generator.py:
 * centred frames, reflected at the ends, under a periodic Hann window.
 *
 * <p>A frame has 16 samples, so the transform is a product with a small matrix, in double.
 */
final class Stft {
  private final int size;
  private final int hop;
  private final int bins;
  private final double[] window;

  /** Row n: what sample n adds to the real parts of all bins, then to the imaginary ones. */
  private final double[][] forward;

  /** Row b: what the real part of bin b, then its imaginary one, adds to every sample. */
  private final double[][] inverse;

  /**
   * Makes the matrices.
   *
   * @param size {@code n_fft}, even
   * @param hop {@code hop_len}
   */
  Stft(int size, int hop) {
    this.size = size;
    this.hop = hop;
    this.bins = size / 2 + 1;
    this.window = new double[size];
    this.forward = new double[size][2 * bins];
    this.inverse = new double[2 * bins][size];
    for (int n = 0; n < size; n++) {
      window[n] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * n / size));
      for (int bin = 0; bin < bins; bin++) {
        double angle = 2 * Math.PI * (bin * n % size) / size;
        forward[n][bin] = window[n] * Math.cos(angle);
        forward[n][bins + bin] = -window[n] * Math.sin(angle);
        // The bins between the first and the last stand for their mirror images too.
        double share = window[n] * (bin % (bins - 1) == 0 ? 1 : 2) / size;
        inverse[bin][n] = share * Math.cos(angle);
        inverse[bins + bin][n] = -share * Math.sin(angle);
      }
    }
  }

  /** Frames next to its own that share samples with a frame, on either side of its middle. */
  int overlap() {
    return size / hop / 2;
  }

  /** Samples from one frame to the next. */
  int hop() {
    return hop;
  }

  /**
   * The spectrum of a signal.
   *
   * @param signal F32 of more than half a frame of samples
   * @return F32 [1, 2 bins, 1 + samples / hop]: the real parts, then the imaginary ones
   */
  Tensor transform(Tensor signal, Arena arena) {
    long frames = 1 + signal.elements() / hop;
    Tensor spectrum = Tensor.allocate(DType.F32, Shape.of(1, 2L * bins, frames), arena);
    long length = signal.elements();
    for (long frame = 0; frame < frames; frame++) {
      double[] parts = new double[2 * bins];
      for (int n = 0; n < size; n++) {
        long at = Math.abs(frame * hop + n - size / 2);
        double sample = signal.getFloat(at < length ? at : 2 * (length - 1) - at);
        addScaled(parts, 0, forward[n], sample);
      }
      for (int part = 0; part < parts.length; part++) {
        spectrum.setFloat(part * frames + frame, (float) parts[part]);
      }
    }
    return spectrum;
  }

  /** Real and imaginary parts [1, bins, frames] of what {@link #transform} returned. */
  static Tensor[] parts(Tensor spectrum) {
    long[] dims = spectrum.shape().dims();
    dims[1] /= 2;
    long bytes = spectrum.data().byteSize() / 2;
    return new Tensor[] {
      Tensor.of(DType.F32, Shape.of(dims), spectrum.data().asSlice(0, bytes)),
      Tensor.of(DType.F32, Shape.of(dims), spectrum.data().asSlice(bytes))
    };
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
    for (int frame = 0; frame < frames; frame++) {
      for (int part = 0; part < 2 * bins; part++) {
        double value = spectrum.getFloat((long) part * frames + frame);
        addScaled(sum, frame * hop, inverse[part], value);
      }
      for (int n = 0; n < size; n++) {
        envelope[frame * hop + n] += window[n] * window[n];
      }
    }
    double[] signal = new double[(frames - 1) * hop];
    for (int i = 0; i < signal.length; i++) {
      signal[i] = sum[i + size / 2] / envelope[i + size / 2];
    }
    return signal;
  }

  private static void addScaled(double[] sums, int at, double[] row, double factor) {
    for (int i = 0; i < row.length; i++) {
      sums[at + i] += row[i] * factor;
    }
  }
}
