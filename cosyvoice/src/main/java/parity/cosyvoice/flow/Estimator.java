package parity.cosyvoice.flow;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import parity.cosyvoice.config.DitConfig;
import parity.cosyvoice.flow.dit.DiT;
import parity.cosyvoice.flow.dit.DitGraph;
import parity.cosyvoice.onnx.Cuts;
import parity.cosyvoice.onnx.Engine;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Session.Packing;
import parity.cosyvoice.onnx.Session.Scratch;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.tap.Watch;
import parity.cosyvoice.tap.WatchedGraph;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * The DiT, ready to run: as one graph; or, for whoever wants what is inside, as a graph for every
 * block, so that no more than one block's outputs are held at a time.
 */
final class Estimator implements VelocityField, AutoCloseable {
  static final String PATH = "decoder.estimator";

  /** What upstream's {@code forward} takes that is computed from other modules' outputs. */
  private static final List<String> ARGUMENTS = List.of("x", "mu", "t", "spks", "cond");

  private final DiT dit;
  private final Weights weights;
  private final Engine engine;
  private final boolean streaming;
  private final WatchedGraph whole;
  private final List<Piece> pieces = new ArrayList<>();

  /**
   * A graph of some of the modules.
   *
   * @param carried its outputs, and the name of the input that later pieces have for each
   */
  private record Piece(WatchedGraph graph, Map<String, String> carried) {}

  Estimator(DitConfig config, Weights weights, Engine engine, boolean streaming) {
    this.dit = new DiT(PATH, config);
    this.weights = weights;
    this.engine = engine;
    this.streaming = streaming;
    this.whole =
        new WatchedGraph(
            cuts -> on(new Graph(weights, cuts)).whole(),
            DType.F32,
            Set.of(PATH),
            (model, watched) -> engine.open(model));
  }

  private DitGraph on(Graph g) {
    return new DitGraph(dit, g, streaming, Optional.empty());
  }

  /** Makes it ready for a run that nobody watches. */
  void ready() {
    whole.ready();
  }

  /** Paths of all modules in the order in which they return, the estimator itself last. */
  List<String> taps() {
    return whole.taps();
  }

  /**
   * One call.
   *
   * @param inputs {@code x}, {@code mu}, {@code cond} [2, 80, T], {@code spks} [2, 80], {@code t}
   *     [2], {@code cos}, {@code sin} [T, dimHead / 2], and if streaming {@code mask} [1, 1, T, T]
   * @param arena where the result lives
   * @return the estimate [2, 80, T]
   */
  @Override
  public Tensor forward(Map<String, Tensor> inputs, Watch watch, Arena arena) {
    Map<String, Tensor> values = new HashMap<>(inputs);
    for (String argument : ARGUMENTS) {
      Tensor passed = watch.pass(PATH + ":" + argument, requireNonNull(inputs.get(argument)));
      values.put(argument, passed);
    }
    values.computeIfPresent("t", (name, t) -> Tensor.ofFloats(Shape.of(1), t.getFloat(0)));
    boolean inside =
        taps().stream()
            .anyMatch(tap -> !tap.equals(PATH) && (watch.wants(tap) || watch.holds(tap)));
    if (!inside) {
      return requireNonNull(whole.run(values, watch, arena).get(PATH));
    }
    for (Piece piece : pieces()) {
      Map<String, Tensor> outputs = piece.graph().run(values, watch, arena);
      piece.carried().forEach((tap, input) -> values.put(input, requireNonNull(outputs.get(tap))));
    }
    return requireNonNull(values.get(PATH));
  }

  private List<Piece> pieces() {
    int depth = dit.config().depth();
    if (pieces.isEmpty()) {
      add(
          DitGraph::embed,
          Map.of(PATH + ".input_embed", DitGraph.HIDDEN, PATH + ".time_embed", DitGraph.TIME));
      for (int i = 0; i < depth; i++) {
        int block = i;
        add(g -> g.block(block), Map.of(PATH + ".transformer_blocks." + block, DitGraph.HIDDEN));
      }
      add(DitGraph::output, Map.of(PATH, PATH));
    }
    return pieces;
  }

  private void add(Consumer<DitGraph> part, Map<String, String> carried) {
    Function<Cuts, Graph> builder =
        cuts -> {
          Graph g = new Graph(weights, cuts);
          part.accept(on(g));
          return g;
        };
    WatchedGraph.Opener opener =
        (model, watched) -> engine.open(model, Packing.PACKED, Scratch.FREED);
    pieces.add(new Piece(new WatchedGraph(builder, DType.F32, carried.keySet(), opener), carried));
  }

  @Override
  public void close() {
    whole.close();
    pieces.forEach(piece -> piece.graph().close());
  }
}
