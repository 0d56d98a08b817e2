package parity.cosyvoice.synthesis;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import parity.tensors.BadInputException;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.Text;

/** The tokens of a segment as far as they are there, in the order in which they are spoken. */
final class Tokens implements AutoCloseable {
  private final Segment segment;
  private final TokenSource source;
  private final Stopwatch stopwatch;
  private final List<Integer> tokens = new ArrayList<>();
  private boolean complete;

  Tokens(Segment segment, TokenSource source, Stopwatch stopwatch) {
    this.segment = segment;
    this.source = source;
    this.stopwatch = stopwatch;
  }

  /**
   * Waits for one more token.
   *
   * @return whether there was one
   * @throws CancellationException if nobody wants it any more
   */
  boolean more() {
    stopwatch.requireWanted();
    if (!complete) {
      OptionalInt token = stopwatch.time(Stopwatch.Part.LLM, source::next);
      complete = token.isEmpty();
      if (token.isPresent()) {
        tokens.add(token.getAsInt());
        stopwatch.oneMoreToken();
      }
    }
    return !complete;
  }

  /** Waits for all of them, which must be one at least. */
  void all() {
    while (more()) {
      // Each is kept.
    }
    if (tokens.isEmpty()) {
      throw new BadInputException(
          "the language model ended before its first token of %s: there is no sound; try another --seed, or more text"
              .formatted(Text.quote(segment.says())));
    }
  }

  int count() {
    return tokens.size();
  }

  /** There will never be more than so many. */
  int most() {
    return source.most();
  }

  /** The first so many, int32 [1, n]. */
  Tensor first(int n) {
    return Tensor.ofInts(Shape.of(1, n), range(0, n));
  }

  /** Those from one on to another. */
  int[] range(int from, int to) {
    return tokens.subList(from, to).stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public void close() {
    source.close();
  }
}
