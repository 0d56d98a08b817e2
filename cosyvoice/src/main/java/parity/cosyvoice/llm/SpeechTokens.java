package parity.cosyvoice.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import parity.tensors.BadInput;

/**
 * The speech tokens of one text, each drawn when it is asked for, as {@code inference_wrapper} of
 * upstream's {@code llm/llm.py} yields them. The prompt runs with the first token. For one thread
 * at a time; closing it, which may be done before the end, frees its cache.
 */
public final class SpeechTokens implements AutoCloseable {
  private final Supplier<Decoding> start;
  private final RepetitionAwareSampling sampling;
  private final Multinomial multinomial;
  private final int speechTokenSize;
  private final Length length;
  private final List<Integer> tokens = new ArrayList<>();
  private Optional<Decoding> decoding = Optional.empty();
  private OptionalInt stop = OptionalInt.empty();
  private boolean closed;

  /**
   * How many tokens there may be.
   *
   * @param min so many steps are without the start token, which ends as any id above the speech
   *     tokens' does
   * @param max so many steps at most
   */
  record Length(int min, int max) {
    private static final int LEAST = 2;
    private static final int MOST = 20;

    /** Of a text of so many ids, those of the prompt not counted. */
    static Length of(long text) {
      return new Length(Math.toIntExact(text * LEAST), Math.toIntExact(text * MOST));
    }
  }

  /**
   * Tokens that are yet to be drawn.
   *
   * @param start runs the prompt
   * @param speechTokenSize first of the ids that end the speech
   */
  SpeechTokens(
      Supplier<Decoding> start,
      RepetitionAwareSampling sampling,
      Multinomial multinomial,
      int speechTokenSize,
      Length length) {
    this.start = start;
    this.sampling = sampling;
    this.multinomial = multinomial;
    this.speechTokenSize = speechTokenSize;
    this.length = length;
  }

  /**
   * Draws the next token.
   *
   * @return empty once the model has drawn a token that ends the speech, or the greatest length is
   *     reached; no number is drawn after that
   * @throws BadInput if the prompt has ids that the model lacks, or what the model computes is not
   *     finite
   * @throws IllegalStateException if this is closed
   */
  public OptionalInt next() {
    if (closed) {
      throw new IllegalStateException("the speech tokens are closed");
    }
    if (stop.isPresent() || tokens.size() >= length.max()) {
      return OptionalInt.empty();
    }
    int token = sampling.sample(scores(), tokens, multinomial);
    if (token >= speechTokenSize) {
      stop = OptionalInt.of(token);
      return OptionalInt.empty();
    }
    tokens.add(token);
    return OptionalInt.of(token);
  }

  /** Log-probabilities of the next token, of this call's own. */
  private float[] scores() {
    float[] scores = step().logp().toFloats();
    for (float score : scores) {
      if (!Float.isFinite(score)) {
        throw new BadInput(
            "the language model computes %s for token %d of the speech: expected finite numbers; are its weights whole?"
                .formatted(score, tokens.size()));
      }
    }
    if (tokens.size() < length.min()) {
      // That is the start token, not the end token, and 198 more end the speech; odd, and meant.
      scores[speechTokenSize] = Float.NEGATIVE_INFINITY;
    }
    return scores;
  }

  private Decoding step() {
    if (decoding.isEmpty()) {
      Decoding started = start.get();
      decoding = Optional.of(started);
      return started;
    }
    decoding.get().next(tokens.getLast());
    return decoding.get();
  }

  /** The token that ended the speech; empty before that, and where the greatest length did. */
  public OptionalInt stop() {
    return stop;
  }

  /** There will never be more than so many. */
  public int most() {
    return length.max();
  }

  @Override
  public void close() {
    closed = true;
    decoding.ifPresent(Decoding::close);
    decoding = Optional.empty();
  }
}
