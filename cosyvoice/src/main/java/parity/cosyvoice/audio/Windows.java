package parity.cosyvoice.audio;

/** Windows as PyTorch computes them: in float32, step by step. */
final class Windows {
  private static final float POVEY_POWER = 0.85f;

  private Windows() {}

  /** {@code torch.hann_window(size)}: one period. */
  static float[] hann(int size) {
    return raisedCosine(size, size);
  }

  /** Kaldi's window: {@code torch.hann_window(size, periodic=False).pow(0.85)}. */
  static float[] povey(int size) {
    float[] window = raisedCosine(size, size - 1);
    for (int i = 0; i < size; i++) {
      window[i] = (float) Math.pow(window[i], POVEY_POWER);
    }
    return window;
  }

  private static float[] raisedCosine(int size, int period) {
    float step = (float) (Math.PI * 2 / period);
    float[] window = new float[size];
    for (int i = 0; i < size; i++) {
      window[i] = (float) Math.cos(i * step) * -0.5f + 0.5f;
    }
    return window;
  }
}
