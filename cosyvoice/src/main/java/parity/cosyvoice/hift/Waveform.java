package parity.cosyvoice.hift;

import java.lang.foreign.Arena;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** The end of {@code decode}: samples in float32, none louder than {@code audio_limit}. */
final class Waveform {
  private Waveform() {}

  /** Samples {@code from} to {@code from + count} of a signal, F32 [1, count]. */
  static Tensor of(double[] signal, int from, int count, double audioLimit, Arena to) {
    float limit = (float) audioLimit;
    Tensor audio = Tensor.allocate(DType.F32, Shape.of(1, count), to);
    for (int i = 0; i < count; i++) {
      audio.setFloat(i, Math.clamp((float) signal[from + i], -limit, limit));
    }
    return audio;
  }
}
