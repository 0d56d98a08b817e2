package parity.cosyvoice.hift;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import parity.cosyvoice.config.HiftConfig;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;
import parity.cosyvoice.onnx.Weights;
import parity.tensors.DType;
import parity.tensors.Tensor;

/** {@code CausalHiFTGenerator.decode} of hifigan/generator.py: mel and source to waveform. */
final class Decoder implements AutoCloseable {
  private static final String MEL = "x";

  private final HiftConfig config;
  private final int framesPerMel;
  private final Stft stft;
  private final TappedGraph convPre;
  private final List<StageRunner> stages;
  private final Workers workers;

  Decoder(HiftConfig config, Weights weights, HiftOptions options) {
    this.config = config;
    this.framesPerMel = config.upsampleRates().stream().reduce(1, Math::multiplyExact);
    this.stft = new Stft(config.nFft(), config.hopLen());
    this.convPre = convPre(config, weights, options);
    this.stages =
        Stage.all(config).stream().map(stage -> new StageRunner(stage, weights, options)).toList();
    this.workers = new Workers(options.threads());
  }

  private static TappedGraph convPre(HiftConfig config, Weights weights, HiftOptions options) {
    Graph g = new Graph(weights);
    Value x = g.input(MEL, DType.F32, 1, config.inChannels(), "T");
    CausalConv1d conv =
        CausalConv1d.of(
            "conv_pre",
            config.inChannels(),
            config.baseChannels(),
            config.convPreLookRight() + 1,
            1);
    return TappedGraph.of(g, conv.forward(g, x, 0), options.taps(), options.threads());
  }

  /**
   * Decodes.
   *
   * @param mel F32 [1, 80, T + conv_pre_look_right]: the last frames are context, zeros where the
   *     end is final
   * @param source F32 of at least T * 480 samples
   * @return [1, T * 480], not clamped
   */
  double[] run(Tensor mel, Tensor source, Taps taps) {
    try (Arena arena = Arena.ofShared()) {
      Tensor x = convPre.run(Map.of(MEL, mel), taps, arena);
      long frames = x.shape().dim(2) * framesPerMel + 1;
      Tensor spectrum = stft.transform(source, frames, arena);
      for (StageRunner stage : stages) {
        x = stage.run(x, spectrum, taps, workers, arena);
      }
      return stft.inverse(x);
    }
  }

  /** Mel frames of context that {@link #run} needs on the right. */
  int lookRight() {
    return config.convPreLookRight();
  }

  @Override
  public void close() {
    workers.close();
    stages.forEach(StageRunner::close);
    convPre.close();
  }
}
