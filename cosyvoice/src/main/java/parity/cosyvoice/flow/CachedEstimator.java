package parity.cosyvoice.flow;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parity.cosyvoice.config.DitConfig;
import parity.cosyvoice.flow.dit.DiT;
import parity.cosyvoice.flow.dit.DitGraph;
import parity.cosyvoice.flow.dit.PastPorts;
import parity.cosyvoice.onnx.Cuts;
import parity.cosyvoice.onnx.Engine;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.tap.TapSource;
import parity.cosyvoice.tap.Watch;
import parity.cosyvoice.tap.WatchedGraph;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** The DiT for frames at the end of an utterance, given what was kept of those before them. */
final class CachedEstimator implements AutoCloseable {
  private static final Watch NOBODY = new Watch("", 0, TapSink.NONE, TapSource.NONE);

  private final DiT dit;
  private final Weights weights;
  private final PastPorts ports;
  private final WatchedGraph graph;

  CachedEstimator(DitConfig config, Weights weights, Engine engine) {
    this.dit = new DiT(Estimator.PATH, config);
    this.weights = weights;
    this.ports = build(Cuts.NONE).past().orElseThrow();
    this.graph =
        new WatchedGraph(
            cuts -> build(cuts).graph(),
            DType.F32,
            Set.of(Estimator.PATH),
            (model, watched) -> engine.open(model));
  }

  private DitGraph build(Cuts cuts) {
    Graph g = new Graph(weights, cuts);
    DitGraph built = new DitGraph(dit, g, true, Optional.of(new PastPorts(g, dit.config())));
    built.whole();
    return built;
  }

  PastPorts ports() {
    return ports;
  }

  DitConfig config() {
    return dit.config();
  }

  /**
   * One call.
   *
   * @param inputs as {@link Estimator#forward} takes them, of the new frames alone, and {@code
   *     mask} [1, 1, T, past + T]
   * @param past by the names of the ports
   * @param fresh takes the outputs of the ports
   * @param arena where the result lives
   * @return the estimate [2, 80, T]
   */
  Tensor forward(
      Map<String, Tensor> inputs,
      Map<String, Tensor> past,
      Map<String, Tensor> fresh,
      Arena arena) {
    Map<String, Tensor> values = new HashMap<>(inputs);
    values.putAll(past);
    values.computeIfPresent("t", (name, t) -> Tensor.ofFloats(Shape.of(1), t.getFloat(0)));
    return requireNonNull(graph.run(values, fresh, NOBODY, arena).get(Estimator.PATH));
  }

  @Override
  public void close() {
    graph.close();
  }
}
