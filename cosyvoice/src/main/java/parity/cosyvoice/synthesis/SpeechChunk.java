package parity.cosyvoice.synthesis;

/** A piece of speech. */
public final class SpeechChunk {
  private final float[] samples;
  private final int segment;
  private final boolean endsSegment;

  SpeechChunk(float[] samples, int segment, boolean endsSegment) {
    this.samples = samples;
    this.segment = segment;
    this.endsSegment = endsSegment;
  }

  /** In -1 to 1, at {@link CosyVoice3#sampleRate()}; the caller's own. */
  public float[] samples() {
    return samples;
  }

  /** Which segment of the text it belongs to, from 0. */
  public int segment() {
    return segment;
  }

  /** Whether that segment ends with it. */
  public boolean endsSegment() {
    return endsSegment;
  }
}
