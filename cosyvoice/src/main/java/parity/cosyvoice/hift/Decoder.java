package parity.cosyvoice.hift;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parity.cosyvoice.config.HiftConfig;
import parity.cosyvoice.hift.generator.CausalConv1d;
import parity.cosyvoice.hift.generator.Stage;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.tap.Watch;
import parity.cosyvoice.tap.WatchedGraph;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** {@code CausalHiFTGenerator.decode} of hifigan/generator.py: mel and source to waveform. */
final class Decoder {
  private static final String MEL = "x";
  private static final String CONV_PRE = "conv_pre";
  private static final String ISTFT = "_istft";

  private final int framesPerMel;
  private final Stft stft;
  private final WatchedGraph convPre;
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

  private static WatchedGraph convPre(
      HiftConfig config, Weights weights, HiftOptions options, Resources resources) {
    CausalConv1d conv =
        CausalConv1d.of(
            CONV_PRE, config.inChannels(), config.baseChannels(), config.convPreLookRight() + 1, 1);
    WatchedGraph graph =
        new WatchedGraph(
            cuts -> {
              Graph g = new Graph(weights, cuts);
              conv.forward(g, g.input(MEL, DType.F32, 1, config.inChannels(), "T"), 0);
              return g;
            },
            DType.F32,
            Set.of(CONV_PRE),
            (model, watched) -> options.engine().open(model));
    resources.onClose(graph::close);
    return graph.ready();
  }

  /**
   * Decodes.
   *
   * @param mel F32 [1, 80, T + conv_pre_look_right]: the last frames are context, zeros where the
   *     end is final
   * @param source F32 of at least T * 480 samples
   * @return [1, T * 480], not clamped
   */
  double[] run(Tensor mel, Tensor source, Watch watch) {
    try (Arena arena = Arena.ofShared()) {
      Tensor spectrum = spectrum(source, watch, arena);
      Tensor x = convPre(mel, watch, arena);
      long frames = x.shape().dim(2) * framesPerMel + 1;
      if (frames < spectrum.shape().dim(2)) {
        spectrum = Frames.slice(spectrum, 0, frames, arena);
      }
      for (StageRunner stage : stages) {
        x = stage.run(x, spectrum, watch, workers, arena);
      }
      return signal(x, watch, arena);
    }
  }

  /** {@code conv_pre}: mel F32 [1, 80, T + conv_pre_look_right] to [1, base_channels, T]. */
  Tensor convPre(Tensor mel, Watch watch, Arena arena) {
    return requireNonNull(convPre.run(Map.of(MEL, mel), watch, arena).get(CONV_PRE));
  }

  /** The turns of the loop, in order. */
  List<StageRunner> stages() {
    return stages;
  }

  /** Frames of the spectrum for one of the mel. */
  int framesPerMel() {
    return framesPerMel;
  }

  Stft stft() {
    return stft;
  }

  Workers workers() {
    return workers;
  }

  /** {@code _stft}: real and imaginary parts, [1, n_fft + 2, all frames of the source]. */
  private Tensor spectrum(Tensor source, Watch watch, Arena arena) {
    Tensor spectrum = stft.transform(source, arena);
    Tensor[] parts = Stft.parts(spectrum);
    for (int i = 0; i < parts.length; i++) {
      parts[i].data().copyFrom(watch.pass("_stft." + i, parts[i]).data());
    }
    return spectrum;
  }

  /** {@code _istft}, of which only a watch needs to know how it is rounded. */
  private double[] signal(Tensor spectrum, Watch watch, Arena arena) {
    double[] signal = stft.inverse(spectrum);
    if (watch.wants(ISTFT) || watch.holds(ISTFT)) {
      Tensor rounded = Tensor.allocate(DType.F32, Shape.of(1, signal.length), arena);
      for (int i = 0; i < signal.length; i++) {
        rounded.setFloat(i, (float) signal[i]);
      }
      Tensor passed = watch.pass(ISTFT, rounded);
      for (int i = 0; i < signal.length; i++) {
        signal[i] = passed.getFloat(i);
      }
    }
    return signal;
  }
}
