package parity.cosyvoice.config;

import java.util.List;

/**
 * {@code hift: !new:cosyvoice.hifigan.generator.CausalHiFTGenerator}.
 *
 * @param nsfAlpha amplitude of the source's sines
 * @param nsfSigma amplitude of the noise in voiced frames
 * @param nsfVoicedThreshold Hz above which a frame is voiced
 * @param nFft size of the last inverse STFT
 * @param hopLen its hop
 * @param audioLimit where samples are clamped
 * @param convPreLookRight mel frames that the first convolution sees to the right
 */
public record HiftConfig(
    int inChannels,
    int baseChannels,
    int nbHarmonics,
    int samplingRate,
    double nsfAlpha,
    double nsfSigma,
    double nsfVoicedThreshold,
    List<Integer> upsampleRates,
    List<Integer> upsampleKernelSizes,
    int nFft,
    int hopLen,
    List<Integer> resblockKernelSizes,
    List<List<Integer>> resblockDilationSizes,
    List<Integer> sourceResblockKernelSizes,
    List<List<Integer>> sourceResblockDilationSizes,
    double lreluSlope,
    double audioLimit,
    int convPreLookRight,
    F0PredictorConfig f0Predictor) {
  /** Samples of the waveform that one mel frame makes: 480 in the release. */
  public int samplesPerFrame() {
    return upsampleRates.stream().reduce(hopLen, Math::multiplyExact);
  }
}
