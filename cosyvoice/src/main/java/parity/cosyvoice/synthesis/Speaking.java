package parity.cosyvoice.synthesis;

/** One segment on its way to sound. Closing it frees what it has in memory. */
interface Speaking extends AutoCloseable {
  /** The next piece of sound, until it is {@link #isSpoken}. */
  float[] next();

  /** Whether all of it is spoken. */
  boolean isSpoken();

  @Override
  void close();

  /** Makes a segment's speech, in one piece or as it comes. */
  static Speaking of(
      Segment segment, SpeechRequest request, long seed, Parts parts, Stopwatch stopwatch) {
    Tokens tokens = new Tokens(segment, TokenSource.of(segment, parts.llm(), seed), stopwatch);
    return request.delivery().isStreamed()
        ? new SpeakingInChunks(segment, request, tokens, parts, stopwatch)
        : new SpeakingAtOnce(segment, request, tokens, parts, stopwatch);
  }
}
