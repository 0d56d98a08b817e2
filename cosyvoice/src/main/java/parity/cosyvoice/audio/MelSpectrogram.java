package parity.cosyvoice.audio;

import java.lang.foreign.Arena;
import parity.cosyvoice.config.MelConfig;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * {@code feat_extractor} of {@code cosyvoice3.yaml}: {@code mel_spectrogram} of Matcha-TTS ({@code
 * matcha/utils/audio.py}), the flow's own kind of mel.
 */
public final class MelSpectrogram {
  /** Under the square root of the magnitude. */
  private static final double MAGNITUDE_FLOOR = 1e-9;

  private static final double CLIP_VAL = 1e-5;

  private final MelConfig config;
  private final float[] window;
  private final MelBank melBasis;

  /**
   * @throws BadInputException if the configuration asks for what upstream's models do not use
   */
  public MelSpectrogram(MelConfig config) {
    if (config.center() || config.nFft() % 2 != 0 || config.winSize() > config.nFft()) {
      throw new BadInputException(
          "cosyvoice3.yaml: feat_extractor has center %s, n_fft %d and win_size %d, expected False,"
                  .formatted(config.center(), config.nFft(), config.winSize())
              + " an even number and no more than that; use the released configuration");
    }
    this.config = config;
    this.window = new float[config.nFft()];
    int margin = (config.nFft() - config.winSize()) / 2;
    System.arraycopy(Windows.hann(config.winSize()), 0, window, margin, config.winSize());
    this.melBasis =
        MelBank.slaney(
            config.samplingRate(),
            config.nFft(),
            config.numMels(),
            config.fmin(),
            config.fmax().orElse(config.samplingRate() / 2.0));
  }

  /** Samples that a recording must have more of: it is mirrored by so many at both ends. */
  public int padding() {
    return (config.nFft() - config.hopSize()) / 2;
  }

  /**
   * @param speech24k [1, S] float32, S over {@link #padding}
   * @param arena where the result lives
   * @return [1, T, numMels] float32, as {@code _extract_speech_feat} of {@code
   *     cosyvoice/cli/frontend.py} turns it; T = S / hopSize
   */
  public Tensor melSpectrogram(Tensor speech24k, Arena arena) {
    if (speech24k.elements() <= padding()) {
      throw new IllegalArgumentException(
          speech24k + " is too short to be mirrored by " + padding() + " samples");
    }
    int bands = config.numMels();
    long padded = speech24k.elements() + 2L * padding();
    long frames = 1 + (padded - config.nFft()) / config.hopSize();
    Tensor mel = Tensor.allocate(DType.F32, Shape.of(1, frames, bands), arena);
    Spectrum spectrum = new Spectrum(config.nFft());
    double[] frame = new double[config.nFft()];
    for (long t = 0; t < frames; t++) {
      Spectrum.reflected(speech24k, t * config.hopSize() - padding(), window, frame);
      double[] magnitude = spectrum.power(frame);
      for (int k = 0; k < magnitude.length; k++) {
        magnitude[k] = Math.sqrt(magnitude[k] + MAGNITUDE_FLOOR);
      }
      for (int band = 0; band < bands; band++) {
        double value = Math.max(melBasis.apply(band, magnitude), CLIP_VAL);
        mel.setFloat(t * bands + band, (float) Math.log(value));
      }
    }
    return mel;
  }
}
