package parity.cosyvoice.hift;

import java.util.List;
import java.util.function.Predicate;
import parity.cosyvoice.model.TapSink;
import parity.cosyvoice.onnx.Graph;
import parity.tensors.Tensor;

/** Which outputs of the vocoder's modules are wanted, and where a run sends them. */
record Taps(Predicate<String> wanted, TapSink sink) {
  boolean wants(String path) {
    return wanted.test(name(path));
  }

  /** Hands over the output of a module if it is wanted. */
  void accept(String path, Tensor tensor) {
    if (wants(path)) {
      sink.accept(name(path), 0, tensor);
    }
  }

  /** The wanted modules of a graph, by the paths by which the graph knows them. */
  static List<String> of(Graph graph, Predicate<String> wanted) {
    return graph.taps().stream().filter(path -> wanted.test(name(path))).toList();
  }

  private static String name(String path) {
    return path.isEmpty() ? "hift" : "hift." + path;
  }
}
