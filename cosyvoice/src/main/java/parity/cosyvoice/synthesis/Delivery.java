package parity.cosyvoice.synthesis;

/** How speech arrives. */
public enum Delivery {
  /** A chunk for each segment of the text, when all of it is made. */
  WHOLE,

  /**
   * Chunk by chunk as it is made, the last one as upstream makes it: with an attention that sees
   * the whole utterance, which is computed anew for it.
   */
  STREAMED,

  /**
   * Chunk by chunk as it is made, the last one like those before it, from what they left: half the
   * work and no wait at the end, and other noise in the last seconds than upstream's.
   */
  STREAMED_IN_BLOCKS;

  boolean isStreamed() {
    return this != WHOLE;
  }
}
