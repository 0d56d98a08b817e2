package parity.cosyvoice.flow;

import static java.util.Objects.requireNonNull;
import static parity.cosyvoice.nn.Ops.slice;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parity.cosyvoice.config.DitConfig;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Session;
import parity.cosyvoice.onnx.Session.Packing;
import parity.cosyvoice.onnx.Session.Scratch;
import parity.cosyvoice.onnx.Value;
import parity.cosyvoice.onnx.Weights;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * The DiT, ready to run: as one graph; or, for whoever wants what is inside, as a graph for every
 * block, so that no more than one block's outputs are held at a time.
 */
final class Estimator implements AutoCloseable {
  static final String PATH = "decoder.estimator";
  private static final String HIDDEN = "hidden";
  private static final String TIME = "time";

  private final DiT dit;
  private final Weights weights;
  private final int threads;
  private final boolean streaming;
  private final List<String> taps;
  private final Piece whole;
  private final List<Piece> pieces = new ArrayList<>();

  /**
   * A graph of some of the modules.
   *
   * @param taps all its modules in order
   * @param carried of those, what later pieces take as input, and the name of that input
   */
  private record Piece(Session session, List<String> taps, Map<String, String> carried) {}

  Estimator(DitConfig config, Weights weights, int threads, boolean streaming) {
    this.dit = new DiT(PATH, config);
    this.weights = weights;
    this.threads = threads;
    this.streaming = streaming;
    Graph g = new Graph(weights);
    DiT.Hidden hidden = embed(g);
    Attention.Rope rope = rope(g);
    Optional<Value> mask = mask(g);
    for (int i = 0; i < config.depth(); i++) {
      hidden = dit.block(g, i, hidden, rope, mask);
    }
    dit.output(g, hidden);
    this.taps = g.taps();
    this.whole =
        new Piece(Session.of(g.build(List.of(PATH)), threads), List.of(PATH), Map.of(PATH, PATH));
  }

  /** Paths of all modules in the order in which they return, the estimator itself last. */
  List<String> taps() {
    return taps;
  }

  /**
   * One call.
   *
   * @param inputs {@code x}, {@code mu}, {@code cond} [2, 80, T], {@code spks} [2, 80], {@code t}
   *     [1], {@code cos}, {@code sin} [T, dimHead / 2], and if streaming {@code mask} [1, 1, T, T]
   * @param arena where the result lives
   * @return the estimate [2, 80, T]
   */
  Tensor forward(Map<String, Tensor> inputs, Taps sink, Arena arena) {
    boolean inside = taps.stream().anyMatch(tap -> !tap.equals(PATH) && sink.wants(tap));
    Map<String, Tensor> values = new HashMap<>(inputs);
    for (Piece piece : inside ? pieces() : List.of(whole)) {
      run(piece, values, sink, arena);
    }
    return requireNonNull(values.get(PATH));
  }

  private static void run(Piece piece, Map<String, Tensor> values, Taps sink, Arena arena) {
    Map<String, Tensor> inputs = new HashMap<>();
    piece.session().inputs().forEach(input -> inputs.put(input, values.get(input)));
    Set<String> wanted = new HashSet<>(piece.carried().keySet());
    piece.taps().stream().filter(sink::wants).forEach(wanted::add);
    try (Arena own = Arena.ofConfined()) {
      Map<String, Tensor> outputs = piece.session().run(inputs, wanted, own);
      sink.offer(piece.taps(), outputs);
      piece
          .carried()
          .forEach(
              (tap, input) -> values.put(input, copy(requireNonNull(outputs.get(tap)), arena)));
    }
  }

  private static Tensor copy(Tensor tensor, Arena arena) {
    Tensor copy = Tensor.allocate(tensor.dtype(), tensor.shape(), arena);
    copy.data().copyFrom(tensor.data());
    return copy;
  }

  private List<Piece> pieces() {
    DitConfig config = dit.config();
    if (pieces.isEmpty()) {
      Graph g = new Graph(weights);
      embed(g);
      add(g, Map.of(PATH + ".input_embed", HIDDEN, PATH + ".time_embed", TIME));
    }
    while (pieces.size() <= config.depth()) {
      int block = pieces.size() - 1;
      Graph g = new Graph(weights);
      dit.block(g, block, hidden(g), rope(g), mask(g));
      add(g, Map.of(PATH + ".transformer_blocks." + block, HIDDEN));
    }
    if (pieces.size() == config.depth() + 1) {
      Graph g = new Graph(weights);
      dit.output(g, hidden(g));
      add(g, Map.of(PATH, PATH));
    }
    return pieces;
  }

  private void add(Graph g, Map<String, String> carried) {
    Session session = Session.of(g.build(g.taps()), threads, Packing.PACKED, Scratch.FREED);
    pieces.add(new Piece(session, g.taps(), carried));
  }

  private DiT.Hidden embed(Graph g) {
    DitConfig config = dit.config();
    return dit.embed(
        g,
        g.input("x", DType.F32, DiT.BATCH, config.melDim(), "T"),
        g.input("mu", DType.F32, DiT.BATCH, config.muDim(), "T"),
        g.input("t", DType.F32, 1),
        g.input("spks", DType.F32, DiT.BATCH, config.spkDim()),
        g.input("cond", DType.F32, DiT.BATCH, config.melDim(), "T"));
  }

  private DiT.Hidden hidden(Graph g) {
    int dim = dit.config().dim();
    return new DiT.Hidden(
        g.input(HIDDEN, DType.F32, DiT.BATCH, "T", dim),
        slice(g, g.input(TIME, DType.F32, DiT.BATCH, dim), 0, 0, 1));
  }

  private Attention.Rope rope(Graph g) {
    int dimHead = dit.config().dimHead();
    return new Attention.Rope(
        g.input("cos", DType.F32, "T", dimHead / 2),
        g.input("sin", DType.F32, "T", dimHead / 2),
        dimHead);
  }

  private Optional<Value> mask(Graph g) {
    return streaming ? Optional.of(g.input("mask", DType.F32, 1, 1, "T", "T")) : Optional.empty();
  }

  @Override
  public void close() {
    whole.session().close();
    pieces.forEach(piece -> piece.session().close());
  }
}
