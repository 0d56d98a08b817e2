package parity.cosyvoice.llm.sampling;

import java.util.Arrays;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * The likeliest tokens, as {@code nucleus_sampling} of upstream's {@code utils/common.py} gathers
 * them: likeliest first, and of equals the one with the lower id.
 */
final class Nucleus {
  private final int[] tokens;
  private final Tensor prob;

  private Nucleus(int[] tokens, Tensor prob) {
    this.tokens = tokens;
    this.prob = prob;
  }

  /**
   * Takes tokens until enough are there; whether they are is asked before a token is added, in
   * float32.
   *
   * @param topP what those before must not add up to, above 0
   * @param topK at most so many, at least 1
   */
  static Nucleus of(float[] prob, double topP, int topK) {
    int[] sorted = likeliest(prob, Math.min(topK, prob.length));
    float sum = 0;
    int size = 0;
    while (size < sorted.length && sum < (float) topP) {
      sum += prob[sorted[size++]];
    }
    int[] tokens = Arrays.copyOf(sorted, size);
    float[] chosen = new float[size];
    for (int i = 0; i < size; i++) {
      chosen[i] = prob[tokens[i]];
    }
    return new Nucleus(tokens, Tensor.ofFloats(Shape.of(size), chosen));
  }

  /** The first {@code count} of all ids in a stable, descending order. */
  private static int[] likeliest(float[] prob, int count) {
    int[] sorted = new int[count];
    int size = 0;
    for (int id = 0; id < prob.length; id++) {
      if (size < count || prob[id] > prob[sorted[size - 1]]) {
        int at = size < count ? size++ : size - 1;
        while (at > 0 && prob[id] > prob[sorted[at - 1]]) {
          sorted[at] = sorted[at - 1];
          at--;
        }
        sorted[at] = id;
      }
    }
    return sorted;
  }

  /** The tokens' probabilities, float32 [n]; not scaled to add up to 1. */
  Tensor prob() {
    return prob;
  }

  /** Id of one of the tokens. */
  int token(int index) {
    return tokens[index];
  }
}
