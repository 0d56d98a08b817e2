package parity.cosyvoice.audio;

import java.util.Arrays;
import org.jtransforms.fft.DoubleFFT_1D;
import parity.tensors.Tensor;

/** Real FFT of windowed frames, in double. */
final class Spectrum {
  private final int size;
  private final DoubleFFT_1D fft;
  private final double[] frame;
  private final double[] power;

  /**
   * @param size length of the transform, even
   */
  Spectrum(int size) {
    this.size = size;
    this.fft = new DoubleFFT_1D(size);
    this.frame = new double[size];
    this.power = new double[size / 2 + 1];
  }

  /**
   * {@code |fft(frame)|^2} for the frequencies 0 to size / 2, overwritten by the next call.
   *
   * @param samples at most {@code size} samples; the rest is zero
   */
  double[] power(double[] samples) {
    Arrays.fill(frame, 0);
    System.arraycopy(samples, 0, frame, 0, samples.length);
    fft.realForward(frame);
    power[0] = frame[0] * frame[0];
    power[size / 2] = frame[1] * frame[1];
    for (int k = 1; k < size / 2; k++) {
      power[k] = frame[2 * k] * frame[2 * k] + frame[2 * k + 1] * frame[2 * k + 1];
    }
    return power;
  }

  /**
   * A frame of {@code speech}, windowed in float32 as by PyTorch, mirrored at both ends without
   * repeating the end samples ({@code mode='reflect'}).
   *
   * @param first where the frame starts, from minus the padding on
   */
  static void reflected(Tensor speech, long first, float[] window, double[] frame) {
    long last = speech.elements() - 1;
    for (int i = 0; i < window.length; i++) {
      long at = Math.abs(first + i);
      frame[i] = window[i] * speech.getFloat(at > last ? 2 * last - at : at);
    }
  }
}
