package parity.cosyvoice.nn;

import java.util.List;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code torch.nn.GELU(approximate="tanh")}. */
public record GeluTanh(String path) {
  /** Of any shape. */
  public Value forward(Graph g, Value x) {
    return g.tap(path, g.contrib("FastGelu", List.of(g.enter(path, "input", x))));
  }
}
