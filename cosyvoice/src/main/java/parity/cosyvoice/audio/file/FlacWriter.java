package parity.cosyvoice.audio.file;

import java.io.IOException;
import net.sourceforge.javaflacencoder.EncodingConfiguration;
import net.sourceforge.javaflacencoder.EncodingConfiguration.SubframeType;
import net.sourceforge.javaflacencoder.FLACEncoder;
import net.sourceforge.javaflacencoder.FLACOutputStream;
import net.sourceforge.javaflacencoder.StreamConfiguration;

/** FLAC of mono samples of 24 bits, encoded by javaFlacEncoder. */
final class FlacWriter implements SoundWriter {
  private static final int BITS = 24;
  private static final int BLOCK = 4096;

  /**
   * Of a block of four samples javaFlacEncoder looks at a fifth: so short ones are not predicted.
   */
  private static final int SHORT = 32;

  private final FLACOutputStream out;
  private final FLACEncoder encoder = new FLACEncoder();

  FlacWriter(FLACOutputStream out, int sampleRate) throws IOException {
    this.out = out;
    StreamConfiguration stream = new StreamConfiguration(1, BLOCK, BLOCK, sampleRate, BITS);
    if (!encoder.setStreamConfiguration(stream)) {
      throw new IllegalArgumentException("FLAC has no sample rate of " + sampleRate + " Hz");
    }
    encoder.setOutputStream(out);
    encoder.openFLACStream();
  }

  @Override
  public void write(float[] samples) throws IOException {
    int[] integers = new int[samples.length];
    int greatest = (1 << (BITS - 1)) - 1;
    for (int i = 0; i < samples.length; i++) {
      int rounded = Math.round(samples[i] * (1 << (BITS - 1)));
      integers[i] = Math.clamp(rounded, -greatest - 1, greatest);
    }
    encoder.addSamples(integers, integers.length);
    encode(false);
  }

  /** Encodes whole blocks, or at the end all that is there. */
  private void encode(boolean end) throws IOException {
    int available = encoder.samplesAvailableToEncode();
    int count = end ? available : available - available % BLOCK;
    if (end && count % BLOCK < SHORT) {
      EncodingConfiguration asTheyAre = new EncodingConfiguration();
      asTheyAre.setSubframeType(SubframeType.VERBATIM);
      encoder.setEncodingConfiguration(asTheyAre);
    }
    if (count > 0 || end) {
      encoder.encodeSamples(count, end);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      encode(true);
    } finally {
      out.close();
    }
  }
}
