package parity.cosyvoice.hift;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Session;
import parity.cosyvoice.onnx.Value;
import parity.tensors.Tensor;

/** A graph with one result, ready to run, whose wanted modules' outputs are handed over. */
final class TappedGraph {
  private static final String RESULT = "result";

  private final Session session;
  private final List<String> taps;

  private TappedGraph(Session session, List<String> taps) {
    this.session = session;
    this.taps = taps;
  }

  /**
   * Makes the graph ready.
   *
   * @param threads how many threads compute one node
   * @param resources close it
   */
  static TappedGraph of(
      Graph graph, Value result, Predicate<String> wanted, int threads, Resources resources) {
    List<String> taps = Taps.of(graph, wanted);
    graph.tap(RESULT, result);
    List<String> outputs = new ArrayList<>(taps);
    outputs.add(RESULT);
    Session session = Session.of(graph.build(outputs), threads);
    resources.onClose(session::close);
    return new TappedGraph(session, taps);
  }

  /** Whether any module of the graph is tapped. */
  boolean isTapped() {
    return !taps.isEmpty();
  }

  /** Computes the result into the arena, and hands over what is tapped in execution order. */
  Tensor run(Map<String, Tensor> inputs, Taps sink, Arena arena) {
    var outputs = new LinkedHashSet<>(taps);
    outputs.add(RESULT);
    Map<String, Tensor> tensors = session.run(inputs, outputs, arena);
    Tensor result = Objects.requireNonNull(tensors.remove(RESULT));
    tensors.forEach(sink::accept);
    return result;
  }
}
