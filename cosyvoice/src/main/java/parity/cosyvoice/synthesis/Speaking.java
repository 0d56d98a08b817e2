package parity.cosyvoice.synthesis;

/** One segment on its way to sound. Closing it frees what it has in memory. */
interface Speaking extends AutoCloseable {
  /** The next piece of sound, until one ends the segment. */
  SpeechChunk next();

  @Override
  void close();

  /**
   * Makes a segment's speech, in one piece or as it comes.
   *
   * @param index which segment of the request it is
   */
  static Speaking of(
      Segment segment,
      int index,
      SpeechRequest request,
      long seed,
      Parts parts,
      Stopwatch stopwatch) {
    Tokens tokens = new Tokens(segment, TokenSource.of(segment, parts.llm(), seed), stopwatch);
    return request.delivery().isStreamed()
        ? new SpeakingInChunks(segment, index, request, tokens, parts, stopwatch)
        : new SpeakingAtOnce(segment, index, request, tokens, parts, stopwatch);
  }
}
