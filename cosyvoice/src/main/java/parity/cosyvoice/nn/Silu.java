package parity.cosyvoice.nn;

import java.util.List;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code torch.nn.SiLU}: {@code x * sigmoid(x)}. */
public record Silu(String path) {
  /** Of any shape. */
  public Value forward(Graph g, Value x) {
    return g.tap(path, Ops.mul(g, x, g.node("Sigmoid", List.of(x))));
  }
}
