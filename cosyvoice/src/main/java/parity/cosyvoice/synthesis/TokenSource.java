package parity.cosyvoice.synthesis;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.PrimitiveIterator;
import parity.cosyvoice.llm.Llm;
import parity.cosyvoice.llm.SpeechTokens;
import parity.cosyvoice.synthesis.steps.SilentTokens;
import parity.tensors.Tensor;
import parity.tensors.random.TorchGenerator;

/** The tokens that the flow gets, each made when it is asked for. */
sealed interface TokenSource extends AutoCloseable {
  /** The next token; empty when there is no more. */
  OptionalInt next();

  /** There will never be more than so many. */
  int most();

  @Override
  void close();

  static TokenSource of(Segment segment, Llm llm, long seed) {
    return switch (segment) {
      case Segment.Text text ->
          new Drawn(llm.generate(text.llm(), new TorchGenerator(seed)), new SilentTokens());
      case Segment.Tokens tokens -> new Given(tokens.tokens());
    };
  }

  /** What the language model draws, silence cut short: {@code llm_job} of cli/model.py. */
  record Drawn(SpeechTokens tokens, SilentTokens filter) implements TokenSource {
    @Override
    public OptionalInt next() {
      OptionalInt token = tokens.next();
      while (token.isPresent() && !filter.keeps(token.getAsInt())) {
        token = tokens.next();
      }
      return token;
    }

    @Override
    public int most() {
      return tokens.most();
    }

    @Override
    public void close() {
      tokens.close();
    }
  }

  /** What a recording gave, of which nothing is cut: {@code vc_job}. */
  final class Given implements TokenSource {
    private final Tensor tokens;
    private final PrimitiveIterator.OfInt rest;

    Given(Tensor tokens) {
      this.tokens = tokens;
      this.rest = Arrays.stream(tokens.toInts()).iterator();
    }

    @Override
    public OptionalInt next() {
      return rest.hasNext() ? OptionalInt.of(rest.nextInt()) : OptionalInt.empty();
    }

    @Override
    public int most() {
      return Math.toIntExact(tokens.elements());
    }

    @Override
    public void close() {}
  }
}
