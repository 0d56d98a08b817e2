package parity.cosyvoice.flow;

/** Which frames see each other in the last chunk of a streamed utterance. */
public enum LastChunk {
  /**
   * All: what upstream does, since cli/model.py passes no {@code stream=} for the last chunk. Every
   * frame of the utterance is computed once more, so streaming takes twice what speaking at once
   * does.
   */
  WHOLE,

  /**
   * A frame sees its own block and those before it, as in every other chunk and in upstream's
   * training. Nothing is computed again; the audio of the last chunk is not upstream's.
   */
  BLOCKS
}
