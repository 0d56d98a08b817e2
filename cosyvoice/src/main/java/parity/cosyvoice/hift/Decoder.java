package parity.cosyvoice.hift;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import parity.cosyvoice.config.HiftConfig;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;
import parity.cosyvoice.onnx.Weights;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** {@code CausalHiFTGenerator.decode} of hifigan/generator.py: mel and source to waveform. */
final class Decoder {
  private static final String MEL = "x";

  private final int framesPerMel;
  private final Stft stft;
  private final TappedGraph convPre;
  private final List<StageRunner> stages;
  private final Workers workers;

  /**
   * Builds the graphs.
   *
   * @param resources own the weights, the sessions and the threads
   */
  Decoder(HiftConfig config, Weights weights, HiftOptions options, Resources resources) {
    this.framesPerMel = config.upsampleRates().stream().reduce(1, Math::multiplyExact);
    this.stft = new Stft(config.nFft(), config.hopLen());
    this.convPre = convPre(config, weights, options, resources);
    this.stages =
        Stage.all(config).stream()
            .map(stage -> new StageRunner(stage, weights, options, resources))
            .toList();
    this.workers = new Workers(options.threads());
    resources.onClose(workers::close);
  }

  private static TappedGraph convPre(
      HiftConfig config, Weights weights, HiftOptions options, Resources resources) {
    Graph g = new Graph(weights);
    Value x = g.input(MEL, DType.F32, 1, config.inChannels(), "T");
    CausalConv1d conv =
        CausalConv1d.of(
            "conv_pre",
            config.inChannels(),
            config.baseChannels(),
            config.convPreLookRight() + 1,
            1);
    return TappedGraph.of(g, conv.forward(g, x, 0), options.taps(), options.threads(), resources);
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
      Tensor spectrum = spectrum(source, taps, arena);
      Tensor x = convPre.run(Map.of(MEL, mel), taps, arena);
      long frames = x.shape().dim(2) * framesPerMel + 1;
      if (frames < spectrum.shape().dim(2)) {
        spectrum = Frames.slice(spectrum, 0, frames, arena);
      }
      for (StageRunner stage : stages) {
        x = stage.run(x, spectrum, taps, workers, arena);
      }
      return signal(x, taps, arena);
    }
  }

  /** {@code _stft}: real and imaginary parts, [1, n_fft + 2, all frames of the source]. */
  private Tensor spectrum(Tensor source, Taps taps, Arena arena) {
    Tensor spectrum = stft.transform(source, arena);
    Tensor[] parts = Stft.parts(spectrum);
    taps.accept("_stft.0", parts[0]);
    taps.accept("_stft.1", parts[1]);
    return spectrum;
  }

  /** {@code _istft}. */
  private double[] signal(Tensor spectrum, Taps taps, Arena arena) {
    double[] signal = stft.inverse(spectrum);
    if (taps.wants("_istft")) {
      Tensor rounded = Tensor.allocate(DType.F32, Shape.of(1, signal.length), arena);
      for (int i = 0; i < signal.length; i++) {
        rounded.setFloat(i, (float) signal[i]);
      }
      taps.accept("_istft", rounded);
    }
    return signal;
  }
}
