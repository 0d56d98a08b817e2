package parity.cosyvoice.llm.sampling;

import java.util.List;
import parity.cosyvoice.config.LlmConfig;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * {@code ras_sampling} of upstream's {@code utils/common.py}: one of the likeliest tokens; or, if
 * that one has been said too often of late, any token but that.
 *
 * @param topP the nucleus takes tokens while those before add up to less
 * @param topK how many tokens the nucleus has at most
 * @param winSize how many of the last tokens are of late
 * @param tauR which part of {@code winSize} is too often; with the release's 0.1 of 10, once is
 */
public record RepetitionAwareSampling(double topP, int topK, int winSize, double tauR) {
  /** With the parameters of {@code cosyvoice3.yaml}. */
  public static RepetitionAwareSampling of(LlmConfig config) {
    return new RepetitionAwareSampling(
        config.topP(), config.topK(), config.winSize(), config.tauR());
  }

  /**
   * The next token.
   *
   * @param scores log-probabilities of all tokens; -infinity for one that must not be chosen
   * @param decoded tokens so far
   */
  public int sample(float[] scores, List<Integer> decoded, Multinomial multinomial) {
    int top = nucleusSampling(scores, multinomial);
    if (repetitions(top, decoded) >= winSize * tauR) {
      float[] others = scores.clone();
      others[top] = Float.NEGATIVE_INFINITY;
      return randomSampling(others, multinomial);
    }
    return top;
  }

  private long repetitions(int token, List<Integer> decoded) {
    int from = Math.max(decoded.size() - winSize, 0);
    return decoded.subList(from, decoded.size()).stream().filter(said -> said == token).count();
  }

  private int nucleusSampling(float[] scores, Multinomial multinomial) {
    Nucleus nucleus = Nucleus.of(Softmax.of(scores), topP, topK);
    return nucleus.token(multinomial.choose(nucleus.prob()));
  }

  /** Among all tokens: neither {@code topP} nor {@code topK} counts here; odd, and meant. */
  private static int randomSampling(float[] scores, Multinomial multinomial) {
    float[] prob = Softmax.of(scores);
    return multinomial.choose(Tensor.ofFloats(Shape.of(prob.length), prob));
  }
}
