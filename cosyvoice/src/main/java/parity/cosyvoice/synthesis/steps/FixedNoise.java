package parity.cosyvoice.synthesis.steps;

import java.lang.foreign.Arena;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.random.RandomBuffers;
import parity.tensors.Tensor;

/**
 * The fixed noise of flow and vocoder, as much of it as the longest speech so far has needed: five
 * minutes of it would be 260 MB.
 */
public final class FixedNoise {
  private static final int FIRST_SECONDS = 30;

  private final CosyVoiceConfig config;
  private RandomBuffers buffers;
  private int samples;

  public FixedNoise(CosyVoiceConfig config) {
    this.config = config;
    samples = Math.min(RandomBuffers.MAX_SAMPLES, FIRST_SECONDS * config.sampleRate());
    buffers = RandomBuffers.draw(config, samples, Arena.ofAuto());
  }

  /** The flow's, [1, 80, 15000]. */
  public synchronized Tensor ofFlow() {
    return buffers.randNoise();
  }

  /**
   * The vocoder's, for so many samples or more.
   *
   * @throws parity.tensors.BadInputException if upstream has none for so many
   */
  public synchronized SourceNoise ofVocoder(long wanted) {
    if (wanted > samples) {
      int doubled = (int) Math.min(RandomBuffers.MAX_SAMPLES, 2L * samples);
      samples = Math.max(doubled, (int) Math.min(wanted, Integer.MAX_VALUE));
      buffers = RandomBuffers.draw(config, samples, Arena.ofAuto());
    }
    return SourceNoise.of(buffers.nsfRandIni(), buffers.nsfSineWaves());
  }
}
