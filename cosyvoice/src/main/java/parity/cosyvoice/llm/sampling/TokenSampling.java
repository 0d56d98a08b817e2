package parity.cosyvoice.llm.sampling;

import java.util.List;
import parity.cosyvoice.config.LlmConfig;

/**
 * How the tokens of one text are drawn: {@code sampling_ids} of upstream's {@code llm/llm.py}, and
 * the lengths that {@code inference} gives it.
 *
 * @param speechTokenSize first of the ids that end the speech
 * @param minLength so many steps are without the start token
 * @param maxLength so many steps there are at most
 */
public record TokenSampling(
    RepetitionAwareSampling sampling, int speechTokenSize, int minLength, int maxLength) {
  private static final int MIN_TOKEN_TEXT_RATIO = 2;
  private static final int MAX_TOKEN_TEXT_RATIO = 20;

  /**
   * Of a text.
   *
   * @param text how many ids it has, those of the prompt not counted
   */
  public static TokenSampling of(LlmConfig config, long text) {
    return new TokenSampling(
        RepetitionAwareSampling.of(config),
        config.speechTokenSize(),
        Math.toIntExact(text * MIN_TOKEN_TEXT_RATIO),
        Math.toIntExact(text * MAX_TOKEN_TEXT_RATIO));
  }

  /**
   * Draws the next token.
   *
   * @param logp log-probabilities of all tokens
   * @param decoded tokens so far
   */
  public int sample(float[] logp, List<Integer> decoded, Multinomial multinomial) {
    return sampling.sample(scores(logp, decoded.size()), decoded, multinomial);
  }

  /** What a step chooses from: not the start token in the first steps. */
  public float[] scores(float[] logp, int step) {
    float[] scores = logp.clone();
    if (step < minLength) {
      // The end token stays, and so do 198 other ids that end the speech; odd, and meant.
      scores[speechTokenSize] = Float.NEGATIVE_INFINITY;
    }
    return scores;
  }

  /** Whether a token ends the speech. */
  public boolean isStop(int token) {
    return token >= speechTokenSize;
  }
}
