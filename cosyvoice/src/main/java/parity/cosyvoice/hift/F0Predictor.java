package parity.cosyvoice.hift;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.util.Map;
import java.util.Set;
import parity.cosyvoice.config.F0PredictorConfig;
import parity.cosyvoice.hift.generator.CausalConv1d;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.tap.Watch;
import parity.cosyvoice.tap.WatchedGraph;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * {@code CausalConvRNNF0Predictor} of hifigan/f0_predictor.py: the fundamental frequency of every
 * mel frame, in float64.
 */
final class F0Predictor {
  private static final String OUTPUT = "f0_predictor";

  private final DType dtype;
  private final WatchedGraph graph;

  /**
   * Builds the graph.
   *
   * @param resources own the weights and the sessions
   */
  F0Predictor(F0PredictorConfig config, Weights weights, HiftOptions options, Resources resources) {
    this.dtype = options.f0Precision();
    this.graph =
        new WatchedGraph(
            cuts ->
                new F0Net(config, weights, dtype, resources.arena(), new Graph(weights, cuts))
                    .build(),
            dtype,
            Set.of(OUTPUT),
            (model, watched) -> options.engine().open(model));
    resources.onClose(graph::close);
    graph.ready();
  }

  /** Mel frames to the right of its own that a frame's F0 depends on. */
  static int lookRight() {
    return CausalConv1d.causalPadding(F0Net.FIRST_KERNEL, 1);
  }

  /** Mel frames to the left of its own that a frame's F0 depends on. */
  static int lookLeft() {
    return F0Net.lookLeft();
  }

  /**
   * Predicts.
   *
   * @param mel F32 [1, 80, T + 3]: the last three frames are context, zeros where the end is final
   * @return Hz, F32 [1, T]
   */
  Tensor run(Tensor mel, Watch watch, Arena to) {
    Map<String, Tensor> inputs = Map.of(F0Net.MEL, mel(mel, to));
    Tensor exact = requireNonNull(graph.run(inputs, watch, to).get(OUTPUT));
    Tensor f0 = Tensor.allocate(DType.F32, exact.shape(), to);
    for (long t = 0; t < f0.elements(); t++) {
      f0.setFloat(t, (float) exact.getDouble(t));
    }
    return f0;
  }

  private Tensor mel(Tensor mel, Arena to) {
    if (dtype == DType.F32) {
      return mel;
    }
    Tensor wide = Tensor.allocate(DType.F64, mel.shape(), to);
    for (long i = 0; i < mel.elements(); i++) {
      wide.setDouble(i, mel.getFloat(i));
    }
    return wide;
  }
}
