package parity.cosyvoice.tap;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parity.cosyvoice.nn.Ops;
import parity.cosyvoice.onnx.Cuts;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.NoWeights;
import parity.cosyvoice.onnx.Session;
import parity.cosyvoice.onnx.Value;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * A graph of two modules, {@code a = x + 1} and {@code b = 10 (a + a)}, what b is given between.
 */
class WatchedGraphTest {
  private final List<Boolean> opened = new ArrayList<>();
  private final WatchedGraph graph =
      new WatchedGraph(
          WatchedGraphTest::build,
          DType.F32,
          Set.of("b"),
          (model, watched) -> {
            opened.add(watched);
            return Session.of(model, 1);
          });
  private final Map<String, Float> seen = new HashMap<>();

  private static Graph build(Cuts cuts) {
    Graph g = new Graph(new NoWeights(), cuts);
    Value x = g.input("x", DType.F32, 1);
    Value a = g.tap("a", Ops.add(g, x, g.scalar(1f)));
    Value given = g.enter("b", "input", Ops.add(g, a, a));
    g.tap("b", Ops.mul(g, given, g.scalar(10f)));
    return g;
  }

  @AfterEach
  void close() {
    graph.close();
  }

  private final TapSink everything =
      new TapSink() {
        @Override
        public boolean wants(String path, int call) {
          return true;
        }

        @Override
        public void accept(String path, int call, Tensor tensor) {
          seen.put(path, tensor.getFloat(0));
        }
      };

  private float run(TapSink sink, TapSource source) {
    try (Arena arena = Arena.ofConfined()) {
      Map<String, Tensor> inputs = Map.of("x", Tensor.ofFloats(Shape.of(1), 2));
      Watch watch = new Watch("p.", 0, sink, source);
      return Objects.requireNonNull(graph.run(inputs, watch, arena).get("b")).getFloat(0);
    }
  }

  private static TapSource holding(String name, float value) {
    return (path, call) ->
        path.equals(name) ? Optional.of(Tensor.ofFloats(Shape.of(1), value)) : Optional.empty();
  }

  @Test
  void run_nobodyWatches_computesTheOutput() {
    assertThat(run(TapSink.NONE, TapSource.NONE)).isEqualTo(60);
    assertThat(opened).containsExactly(false);
    assertThat(graph.taps()).containsExactly("a", "b").inOrder();
  }

  @Test
  void run_sinkForAll_getsModulesAndWhatTheyWereGiven() {
    assertThat(run(everything, TapSource.NONE)).isEqualTo(60);
    assertThat(seen).containsExactly("p.a", 3f, "p.b:input", 6f, "p.b", 60f);
    assertThat(opened).containsExactly(true);
  }

  @Test
  void run_sinkThatSaysNothing_getsNoInputs() {
    run((path, call, tensor) -> seen.put(path, tensor.getFloat(0)), TapSource.NONE);
    assertThat(seen.keySet()).containsExactly("p.a", "p.b");
  }

  @Test
  void run_outputHeld_isComputedButNotGoneOnWith() {
    assertThat(run(everything, holding("p.a", 100))).isEqualTo(2000);
    assertThat(seen).containsExactly("p.a", 3f, "p.b:input", 200f, "p.b", 2000f);
  }

  @Test
  void run_inputHeld_isGoneOnWith() {
    assertThat(run(everything, holding("p.b:input", 7))).isEqualTo(70);
    assertThat(seen).containsExactly("p.a", 3f, "p.b:input", 6f, "p.b", 70f);
  }

  @Test
  void run_resultHeld_isReturnedInPlaceOfTheComputed() {
    assertThat(run(everything, holding("p.b", 5))).isEqualTo(5);
    assertThat(seen).containsEntry("p.b", 60f);
  }

  @Test
  void run_againWithTheSameWatch_opensNoOtherSession() {
    run(everything, TapSource.NONE);
    run(everything, TapSource.NONE);
    run(TapSink.NONE, TapSource.NONE);
    assertThat(opened).containsExactly(true, false).inOrder();
  }

  @Test
  void run_afterClose_isRefused() {
    graph.close();
    assertThrows(IllegalStateException.class, () -> run(TapSink.NONE, TapSource.NONE));
  }

  @Test
  void build_nodes_areNamedByWhatTheyWorkFor() {
    List<String> cut = names(new Cuts("a"::equals, DType.F32));
    assertThat(cut).containsExactly("a/Add_0", "b:input/Add_0", "b/Mul_0");
    assertThat(names(Cuts.NONE)).isEqualTo(cut);
  }

  private static List<String> names(Cuts cuts) {
    return build(cuts).build(List.of()).proto().getGraph().getNodeList().stream()
        .map(node -> node.getName())
        .toList();
  }
}
