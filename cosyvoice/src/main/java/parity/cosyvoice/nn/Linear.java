package parity.cosyvoice.nn;

import java.util.List;
import parity.cosyvoice.onnx.Attribute;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code torch.nn.Linear} with a bias. */
public record Linear(String path, long in, long out) {
  /** x [n, in] to [n, out]. */
  public Value forward(Graph g, Value x) {
    return g.tap(path, gemm(g, x));
  }

  /** x [batch, T, in] to [batch, T, out]. */
  public Value forward(Graph g, Value x, long batch) {
    Value rows = gemm(g, Ops.reshape(g, x, -1, in));
    return g.tap(path, Ops.reshape(g, rows, batch, -1, out));
  }

  private Value gemm(Graph g, Value x) {
    Value weight = g.weight(path + ".weight", out, in);
    Value bias = g.weight(path + ".bias", out);
    return g.node("Gemm", List.of(x, weight, bias), Attribute.of("transB", 1));
  }
}
