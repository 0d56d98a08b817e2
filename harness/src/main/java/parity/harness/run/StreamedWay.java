package parity.harness.run;

/** Ways to speak an utterance in chunks. */
public enum StreamedWay {
  /** As upstream: each chunk computes all frames so far, the last one with every frame seen. */
  RECOMPUTED,
  /** No frame is computed twice but by the last chunk, which is upstream's. */
  WHOLE,
  /** No frame is computed twice. */
  BLOCKS
}
