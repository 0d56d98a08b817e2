package parity.cosyvoice.llm.sampling;

/**
 * {@code torch.softmax} of one row of float32. PyTorch's exponential and the order of its sum are
 * others on AVX2 than on AVX-512, and in their last bits so are its results; here both are exact
 * before they are rounded.
 */
final class Softmax {
  private Softmax() {}

  /** Scores to probabilities; -infinity to 0. */
  static float[] of(float[] scores) {
    float max = Float.NEGATIVE_INFINITY;
    for (float score : scores) {
      max = Math.max(max, score);
    }
    float[] result = new float[scores.length];
    double sum = 0;
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) Math.exp(scores[i] - max);
      sum += result[i];
    }
    float divisor = (float) sum;
    for (int i = 0; i < result.length; i++) {
      result[i] /= divisor;
    }
    return result;
  }
}
