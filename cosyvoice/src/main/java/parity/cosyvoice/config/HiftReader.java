package parity.cosyvoice.config;

import java.util.List;

/** Reads the vocoder's part. */
final class HiftReader {
  /** hifigan/generator.py, {@code SineGen2}: rand_ini and sine_waves have 9 columns in any case. */
  private static final int HARMONICS = 8;

  /** hifigan/generator.py: at this rate upstream takes another, unseeded source. */
  private static final int OTHER_SOURCE_RATE = 22050;

  private HiftReader() {}

  /** hifigan/generator.py, {@code CausalHiFTGenerator}, with its defaults. */
  static HiftConfig read(Section root, int melBands) {
    Section hift = root.tagged("hift", "!new:cosyvoice.hifigan.generator.CausalHiFTGenerator");
    Section istft = hift.mapping("istft_params");
    F0PredictorConfig f0 = readF0(hift, melBands);
    HiftConfig config =
        new HiftConfig(
            hift.whole("in_channels", 1, 80),
            hift.whole("base_channels", 1, 512),
            hift.whole("nb_harmonics", 0, 8),
            hift.whole("sampling_rate", 1, 22050),
            hift.number("nsf_alpha", 0.1),
            hift.number("nsf_sigma", 0.003),
            hift.number("nsf_voiced_threshold", 10),
            hift.wholes("upsample_rates", 1),
            hift.wholes("upsample_kernel_sizes", 1),
            istft.whole("n_fft", 2),
            istft.whole("hop_len", 1),
            hift.wholes("resblock_kernel_sizes", 1),
            hift.wholeLists("resblock_dilation_sizes", 1),
            hift.wholes("source_resblock_kernel_sizes", 1),
            hift.wholeLists("source_resblock_dilation_sizes", 1),
            hift.number("lrelu_slope", 0.1),
            hift.number("audio_limit", 0.99),
            hift.whole("conv_pre_look_right", 1, 4),
            f0);
    hift.noOthers();
    istft.noOthers();
    check(hift, config, melBands);
    return config;
  }

  /** hifigan/f0_predictor.py, {@code CausalConvRNNF0Predictor}, with its defaults. */
  private static F0PredictorConfig readF0(Section hift, int melBands) {
    Section f0 =
        hift.tagged("f0_predictor", "!new:cosyvoice.hifigan.f0_predictor.CausalConvRNNF0Predictor");
    F0PredictorConfig config =
        new F0PredictorConfig(
            f0.whole("num_class", 1, 1),
            f0.whole("in_channels", 1, 80),
            f0.whole("cond_channels", 1, 512));
    f0.noOthers();
    if (config.numClass() != 1) {
      throw f0.bad("num_class", "is " + config.numClass() + "; a pitch is one number a frame");
    }
    if (config.inChannels() != melBands) {
      throw f0.bad("in_channels", "is " + config.inChannels() + "; the mel has " + melBands);
    }
    return config;
  }

  private static void check(Section hift, HiftConfig config, int melBands) {
    int ups = config.upsampleRates().size();
    if (ups == 0) {
      throw hift.bad("upsample_rates", "is empty; expected at least one rate");
    }
    sameLength(hift, "upsample_kernel_sizes", config.upsampleKernelSizes(), ups);
    sameLength(hift, "source_resblock_kernel_sizes", config.sourceResblockKernelSizes(), ups);
    sameLength(hift, "source_resblock_dilation_sizes", config.sourceResblockDilationSizes(), ups);
    int kernels = config.resblockKernelSizes().size();
    if (kernels == 0) {
      throw hift.bad("resblock_kernel_sizes", "is empty; expected at least one size");
    }
    sameLength(hift, "resblock_dilation_sizes", config.resblockDilationSizes(), kernels);
    if (config.inChannels() != melBands) {
      throw hift.bad("in_channels", "is " + config.inChannels() + "; the mel has " + melBands);
    }
    if (config.baseChannels() >> ups == 0) {
      throw hift.bad(
          "base_channels", "is " + config.baseChannels() + "; it is halved " + ups + " times");
    }
    if (config.nbHarmonics() != HARMONICS) {
      throw hift.bad(
          "nb_harmonics",
          "is " + config.nbHarmonics() + "; upstream's fixed noise is for " + HARMONICS);
    }
    if (config.samplingRate() == OTHER_SOURCE_RATE) {
      throw hift.bad("sampling_rate", "is 22050, at which upstream draws another, unseeded source");
    }
    if (config.nFft() % 2 != 0 || config.hopLen() > config.nFft()) {
      throw hift.bad("istft_params", "needs an even n_fft and a hop_len of at most n_fft");
    }
  }

  private static void sameLength(Section hift, String key, List<?> list, int expected) {
    if (list.size() != expected) {
      throw hift.bad(key, "has " + list.size() + " entries; expected " + expected);
    }
  }
}
