package parity.cosyvoice.synthesis;

/** A piece of speech. */
public final class SpeechChunk {
  private final float[] samples;
  private final float[] mel;
  private final int[] tokens;
  private final int segment;
  private final boolean endsSegment;

  SpeechChunk(float[] samples, float[] mel, int[] tokens, int segment, boolean endsSegment) {
    this.samples = samples;
    this.mel = mel;
    this.tokens = tokens;
    this.segment = segment;
    this.endsSegment = endsSegment;
  }

  /** In -1 to 1, at {@link CosyVoice3#sampleRate()}; the caller's own. */
  public float[] samples() {
    return samples;
  }

  /**
   * What the vocoder was given for it: the log-mel spectrogram, 80 bands one behind the other, 50
   * frames a second in each. The caller's own. The sound of the last few frames of a chunk may come
   * with the next.
   */
  public float[] mel() {
    return mel;
  }

  /**
   * The speech tokens that it adds, 25 a second; the caller's own. The sound of the last few of a
   * chunk may come with the next.
   */
  public int[] tokens() {
    return tokens;
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
