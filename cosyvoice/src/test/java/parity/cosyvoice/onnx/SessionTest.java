package parity.cosyvoice.onnx;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** Who is told what, if ONNX Runtime does not compute. */
class SessionTest {
  @TempDir private Path folder;

  /** Of two inputs, whose lengths nobody knows before they are there. */
  private static Graph.Model graph(String operator) {
    Graph g = new Graph(new NoWeights());
    Value left = g.input("left", DType.F32, "rows");
    Value right = g.input("right", DType.F32, "columns");
    g.name("sum", g.node(operator, List.of(left, right)));
    return g.build(List.of("sum"));
  }

  private static void run(Session session, int left, int right) {
    try (Arena arena = Arena.ofConfined()) {
      session.run(
          Map.of(
              "left", Tensor.ofFloats(Shape.of(left), new float[left]),
              "right", Tensor.ofFloats(Shape.of(right), new float[right])),
          "sum",
          arena);
    }
  }

  @Test
  void of_anOperatorThatThereIsNot_isRefused() {
    RefusedException refused =
        assertThrows(RefusedException.class, () -> Session.of(graph("Addd"), 1).close());
    assertThat(refused).hasMessageThat().contains("Addd");
  }

  @Test
  void run_shapesThatDoNotFit_isRefused() {
    try (Session session = Session.of(graph("Add"), 1)) {
      run(session, 3, 3);
      RefusedException refused = assertThrows(RefusedException.class, () -> run(session, 3, 2));
      assertThat(refused).hasMessageThat().startsWith("ONNX Runtime stopped: ");
    }
  }

  @Test
  void open_aFileThatDoesTheSame_isBadInput() throws IOException {
    Path unknown = Files.write(folder.resolve("a.onnx"), graph("Addd").proto().toByteArray());
    BadInputException bad = assertThrows(BadInputException.class, () -> Session.open(unknown, 1));
    assertThat(bad).hasMessageThat().startsWith(unknown + ": not a model");
    Path known = Files.write(folder.resolve("b.onnx"), graph("Add").proto().toByteArray());
    try (Session session = Session.open(known, 1)) {
      BadInputException stopped = assertThrows(BadInputException.class, () -> run(session, 3, 2));
      assertThat(stopped).hasMessageThat().startsWith(known + ": ONNX Runtime stopped");
    }
  }
}
