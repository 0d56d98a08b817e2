package parity.cosyvoice.hift;

import java.util.List;
import parity.cosyvoice.config.F0PredictorConfig;
import parity.cosyvoice.config.HiftConfig;
import parity.cosyvoice.hift.generator.Stage;
import parity.cosyvoice.weights.StateDict;

/** What {@code hift.pt} holds, once {@code generator.} is taken out of its names. */
public final class HiftState {
  /** hifigan/f0_predictor.py: kernels of the convolutions, between which there are ELUs. */
  private static final List<Integer> F0_KERNELS = List.of(4, 3, 3, 3, 3);

  private HiftState() {}

  /**
   * Of hifigan/generator.py, {@code CausalHiFTGenerator}: the STFT's window and the source's random
   * numbers are no buffers, and not in it.
   */
  public static StateDict of(HiftConfig config) {
    int base = config.baseChannels();
    int spectrum = config.nFft() + 2;
    List<Stage> stages = Stage.all(config);
    StateDict.Builder state =
        new StateDict.Builder()
            .linear("m_source.l_linear", config.nbHarmonics() + 1L, 1)
            .weightNormConv1d("conv_pre", config.inChannels(), base, config.convPreLookRight() + 1L)
            .weightNormConv1d("conv_post", base >> stages.size(), spectrum, Stage.POST_KERNEL);
    for (Stage stage : stages) {
      stage(state, config, stage);
    }
    f0(state, config.f0Predictor());
    return state.build();
  }

  private static void stage(StateDict.Builder state, HiftConfig config, Stage stage) {
    int i = stage.index();
    int channels = stage.channelsIn() / 2;
    int kernel = config.upsampleKernelSizes().get(i);
    state.weightNormConv1d("ups." + i, stage.channelsIn(), channels, kernel);
    int down = stage.sourceRate() == 1 ? 1 : 2 * stage.sourceRate();
    state.conv1d("source_downs." + i, config.nFft() + 2L, channels, down);
    resblock(
        state,
        "source_resblocks." + i,
        channels,
        config.sourceResblockKernelSizes().get(i),
        config.sourceResblockDilationSizes().get(i).size());
    int blocks = config.resblockKernelSizes().size();
    for (int j = 0; j < blocks; j++) {
      resblock(
          state,
          "resblocks." + (i * blocks + j),
          channels,
          config.resblockKernelSizes().get(j),
          config.resblockDilationSizes().get(j).size());
    }
  }

  /** hifigan/generator.py, {@code ResBlock}, whose activations are {@code Snake}s. */
  private static void resblock(
      StateDict.Builder state, String path, int channels, int kernel, int dilations) {
    for (int d = 0; d < dilations; d++) {
      for (int half = 1; half <= 2; half++) {
        state
            .weightNormConv1d(path + ".convs" + half + "." + d, channels, channels, kernel)
            .tensor(path + ".activations" + half + "." + d + ".alpha", channels);
      }
    }
  }

  /** hifigan/f0_predictor.py, {@code CausalConvRNNF0Predictor}. */
  private static void f0(StateDict.Builder state, F0PredictorConfig config) {
    int in = config.inChannels();
    for (int i = 0; i < F0_KERNELS.size(); i++) {
      String path = "f0_predictor.condnet." + 2 * i;
      state.weightNormConv1d(path, in, config.condChannels(), F0_KERNELS.get(i));
      in = config.condChannels();
    }
    state.linear("f0_predictor.classifier", config.condChannels(), config.numClass());
  }
}
