package parity.cosyvoice.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import parity.cosyvoice.llm.sampling.Multinomial;
import parity.cosyvoice.llm.sampling.TokenSampling;
import parity.tensors.BadInputException;

/**
 * The speech tokens of one text, each drawn when it is asked for, as {@code inference_wrapper} of
 * upstream's {@code llm/llm.py} yields them. The prompt runs with the first token. For one thread
 * at a time; closing it, which may be done before the end, frees its cache.
 */
public final class SpeechTokens implements AutoCloseable {
  private final Supplier<Decoding> start;
  private final TokenSampling sampling;
  private final Multinomial multinomial;
  private final List<Integer> tokens = new ArrayList<>();
  private Optional<Decoding> decoding = Optional.empty();
  private OptionalInt stop = OptionalInt.empty();
  private boolean closed;

  /**
   * Tokens that are yet to be drawn.
   *
   * @param start runs the prompt
   */
  SpeechTokens(Supplier<Decoding> start, TokenSampling sampling, Multinomial multinomial) {
    this.start = start;
    this.sampling = sampling;
    this.multinomial = multinomial;
  }

  /**
   * Draws the next token.
   *
   * @return empty once the model has drawn a token that ends the speech, or the greatest length is
   *     reached; no number is drawn after that
   * @throws BadInputException if the prompt has ids that the model lacks, or what the model
   *     computes is not finite
   * @throws IllegalStateException if this is closed
   */
  public OptionalInt next() {
    if (closed) {
      throw new IllegalStateException("the speech tokens are closed");
    }
    if (stop.isPresent() || tokens.size() >= sampling.maxLength()) {
      return OptionalInt.empty();
    }
    int token = sampling.sample(logp(), tokens, multinomial);
    if (sampling.isStop(token)) {
      stop = OptionalInt.of(token);
      return OptionalInt.empty();
    }
    tokens.add(token);
    return OptionalInt.of(token);
  }

  private float[] logp() {
    float[] logp = step().logp().toFloats();
    for (float number : logp) {
      if (!Float.isFinite(number)) {
        throw new BadInputException(
            "the language model computes %s for token %d of the speech: expected finite numbers; are its weights whole?"
                .formatted(number, tokens.size()));
      }
    }
    return logp;
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
    return sampling.maxLength();
  }

  @Override
  public void close() {
    closed = true;
    decoding.ifPresent(Decoding::close);
    decoding = Optional.empty();
  }
}
