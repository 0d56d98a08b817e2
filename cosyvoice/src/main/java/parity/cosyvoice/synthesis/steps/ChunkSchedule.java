package parity.cosyvoice.synthesis.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a streaming run has enough tokens for the next chunk of speech, and which: {@code
 * CosyVoice2Model.tts(stream=True)} of cli/model.py, for a model that has not streamed before.
 *
 * <p>The first chunk ends where prompt and tokens together are a multiple of 25 tokens, which is
 * the attention's block; the next two are 50 and 100 tokens long, and so are all after them.
 * Upstream keeps the length for the next utterance too (its issue 1849); a schedule is of one.
 */
public final class ChunkSchedule {
  private static final int TOKEN_HOP_LEN = 25;
  private static final int TOKEN_MAX_HOP_LEN = 4 * TOKEN_HOP_LEN;
  private static final int STREAM_SCALE_FACTOR = 2;

  private final int preLookaheadLen;
  private final int promptTokenPad;
  private int offset;
  private int tokenHopLen = TOKEN_HOP_LEN;

  /**
   * One call of the flow.
   *
   * @param offset {@code token_offset}: tokens that have been spoken before
   * @param tokenHopLen {@code token_hop_len}: tokens that a chunk speaks if it is not the last; of
   *     the first without what fills up the prompt
   * @param tokens how many of the utterance's first tokens the flow gets
   * @param isFinal whether the utterance ends with it; only then is the attention not cut in blocks
   */
  public record Chunk(int offset, int tokenHopLen, int tokens, boolean isFinal) {}

  /**
   * Starts an utterance.
   *
   * @param promptTokens length of the prompt
   * @param preLookaheadLen tokens that the flow looks ahead
   */
  public ChunkSchedule(int promptTokens, int preLookaheadLen) {
    this.preLookaheadLen = preLookaheadLen;
    this.promptTokenPad = Math.ceilDiv(promptTokens, TOKEN_HOP_LEN) * TOKEN_HOP_LEN - promptTokens;
  }

  /** The next chunk before the last, if so many tokens are enough for it. */
  public Optional<Chunk> next(int tokens) {
    int end = offset + tokenHopLen + (offset == 0 ? promptTokenPad : 0);
    if (tokens < end + preLookaheadLen) {
      return Optional.empty();
    }
    Chunk chunk = new Chunk(offset, tokenHopLen, end + preLookaheadLen, false);
    offset = end;
    tokenHopLen = Math.min(TOKEN_MAX_HOP_LEN, tokenHopLen * STREAM_SCALE_FACTOR);
    return Optional.of(chunk);
  }

  /** The last chunk, when all tokens are there and {@link #next} has no more. */
  public Chunk last(int tokens) {
    return new Chunk(offset, tokenHopLen, tokens, true);
  }

  /** All chunks of an utterance of so many tokens. */
  public static List<Chunk> of(int promptTokens, int preLookaheadLen, int tokens) {
    ChunkSchedule schedule = new ChunkSchedule(promptTokens, preLookaheadLen);
    List<Chunk> chunks = new ArrayList<>();
    Optional<Chunk> next = schedule.next(tokens);
    while (next.isPresent()) {
      chunks.add(next.get());
      next = schedule.next(tokens);
    }
    chunks.add(schedule.last(tokens));
    return chunks;
  }
}
