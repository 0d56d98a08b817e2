package parity.harness.regime;

import java.util.Optional;
import java.util.stream.IntStream;
import parity.harness.capture.Captured;
import parity.harness.capture.Chunks;
import parity.harness.capture.TensorNames;
import parity.harness.regime.Family.Source;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * In what chunks an utterance was spoken.
 *
 * @param chunks of a streaming run; empty where all was spoken at once
 * @param promptTokens of the prompt, as Flow is given them
 * @param lookahead tokens that Flow sees to the right
 */
record Schedule(Optional<Chunks> chunks, int promptTokens, int lookahead) {
  /** Tokens of the first hop; upstream doubles it to four times as many (cli/model.py:408). */
  private static final int FIRST_HOP = 25;

  static Optional<Schedule> of(Source source) {
    return source
        .full()
        .map(full ->
            new Schedule(
                Chunks.of(source.capture()),
                Math.toIntExact(
                    full.get(TensorNames.PROMPT_TOKEN, DType.I32, 1, Captured.ANY).elements()),
                source.config().flow().preLookaheadLen()));
  }

  private IntStream all() {
    return IntStream.range(0, chunks.map(Chunks::count).orElse(0));
  }

  private IntStream early() {
    return all().filter(chunk -> !chunks.orElseThrow().isFinal(chunk));
  }

  private IntStream last() {
    return all().filter(chunk -> chunks.orElseThrow().isFinal(chunk));
  }

  long atOnce() {
    return chunks.isPresent() ? 0 : 1;
  }

  /** Chunks with a hop of so many tokens. */
  long hops(int tokens) {
    return early()
        .filter(chunk ->
            chunks.orElseThrow().table(TensorNames.TOKEN_HOP_LEN, DType.I32).getLong(chunk)
                == tokens)
        .count();
  }

  /** Chunks with the same hop as the one before, which does not grow any more. */
  long hopsThatStay() {
    return hops(4 * FIRST_HOP) > 0 ? hops(4 * FIRST_HOP) - 1 : 0;
  }

  /** First hops that are longer, so that prompt and hop are whole blocks. */
  long padded() {
    return early().filter(chunk -> chunk == 0 && promptTokens % FIRST_HOP != 0).count();
  }

  long unpadded() {
    return early().filter(chunk -> chunk == 0 && promptTokens % FIRST_HOP == 0).count();
  }

  /** Chunks whose last tokens are looked at and not spoken yet. */
  long withLookahead() {
    return early().count();
  }

  /** Utterances of which nothing was spoken before the last chunk. */
  long lastAlone() {
    return last().filter(chunk -> chunk == 0).count();
  }

  /** Last chunks that speak only what was looked at before. */
  long lastOfLookahead() {
    return last().filter(chunk -> chunk > 0 && left(chunk) == lookahead).count();
  }

  /** Last chunks that speak more than that. */
  long lastOfMore() {
    return last().filter(chunk -> chunk > 0 && left(chunk) > lookahead).count();
  }

  private long left(int chunk) {
    Chunks all = chunks.orElseThrow();
    return all.get(TensorNames.TOKEN, chunk, DType.I32, 1, Captured.ANY).elements()
        - all.tokenOffset(chunk);
  }

  /** Chunks of which not every frame sees every frame. */
  long severalBlocks() {
    return all().filter(chunk -> !seesAll(chunk)).count();
  }

  long oneBlock() {
    return atOnce() + all().filter(this::seesAll).count();
  }

  private boolean seesAll(int chunk) {
    Tensor mask =
        chunks
            .orElseThrow()
            .get(TensorNames.ATTN_MASK, chunk, DType.BOOL, Captured.ANY, Captured.ANY);
    return mask.elements() == 0 || mask.getLong(mask.shape().dim(1) - 1) != 0;
  }

  /** Chunks of which a part was spoken before. */
  long withSoundBefore() {
    return all().filter(chunk -> chunks.orElseThrow().speechOffset(chunk) > 0).count();
  }
}
