package parity.cosyvoice.flow.dit;

import static parity.cosyvoice.nn.Ops.slice;

import java.util.Optional;
import parity.cosyvoice.config.DitConfig;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;
import parity.tensors.DType;

/**
 * The DiT or a piece of it as a graph with inputs.
 *
 * @param masked whether it takes a mask
 * @param past takes what is known of earlier frames, if the graph does not see all of them
 */
public record DitGraph(DiT dit, Graph graph, boolean masked, Optional<PastPorts> past) {
  public static final String HIDDEN = "hidden";
  public static final String TIME = "time";

  /** All of it. */
  public Graph whole() {
    DiT.Hidden hidden = embed();
    Attention.Sight sight = sight();
    for (int i = 0; i < dit.config().depth(); i++) {
      hidden = dit.block(graph, i, hidden, sight);
    }
    dit.output(graph, hidden);
    return graph;
  }

  public DiT.Hidden embed() {
    DitConfig config = dit.config();
    return dit.embed(
        graph,
        graph.input("x", DType.F32, DiT.BATCH, config.melDim(), "T"),
        graph.input("mu", DType.F32, DiT.BATCH, config.muDim(), "T"),
        graph.input("t", DType.F32, 1),
        graph.input("spks", DType.F32, DiT.BATCH, config.spkDim()),
        graph.input("cond", DType.F32, DiT.BATCH, config.melDim(), "T"),
        past);
  }

  /** Block {@code index} alone. */
  public void block(int index) {
    dit.block(graph, index, hidden(), sight());
  }

  /** What comes after the blocks. */
  public void output() {
    dit.output(graph, hidden());
  }

  private DiT.Hidden hidden() {
    int dim = dit.config().dim();
    return new DiT.Hidden(
        graph.input(HIDDEN, DType.F32, DiT.BATCH, "T", dim),
        slice(graph, graph.input(TIME, DType.F32, DiT.BATCH, dim), 0, 0, 1));
  }

  private Attention.Sight sight() {
    return new Attention.Sight(rope(), mask(), past);
  }

  private Attention.Rope rope() {
    int dimHead = dit.config().dimHead();
    return new Attention.Rope(
        graph.input("cos", DType.F32, "T", dimHead / 2),
        graph.input("sin", DType.F32, "T", dimHead / 2),
        dimHead);
  }

  private Optional<Value> mask() {
    return masked ? Optional.of(graph.input("mask", DType.F32, 1, 1, "T", "S")) : Optional.empty();
  }
}
