package parity.cosyvoice.nn;

import java.util.ArrayList;
import java.util.List;
import parity.cosyvoice.onnx.Attribute;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code torch.nn.Linear}. */
public record Linear(String path, long in, long out, boolean bias) {
  /** With a bias. */
  public Linear(String path, long in, long out) {
    this(path, in, out, true);
  }

  /** x [n, in] to [n, out]. */
  public Value forward(Graph g, Value x) {
    return g.tap(path, gemm(g, g.enter(path, "input", x)));
  }

  /** x [batch, T, in] to [batch, T, out]. */
  public Value forward(Graph g, Value x, long batch) {
    Value rows = gemm(g, Ops.reshape(g, g.enter(path, "input", x), -1, in));
    return g.tap(path, Ops.reshape(g, rows, batch, -1, out));
  }

  /**
   * x [1, in] to [1, out], not tapped.
   *
   * <p>ONNX Runtime packs a constant matrix into memory of its own, which pays where many rows are
   * multiplied. Under three axes it uses the weight where the file has it, and sums a single row in
   * several parts, as PyTorch does, with half the rounding error.
   */
  public Value row(Graph g, Value x) {
    g.weights().expect(path + ".weight", out, in);
    Value weight = g.weightAs(path + ".weight", 1, out, in);
    Value product = g.contrib("FusedMatMul", List.of(x, weight), Attribute.of("transB", 1));
    Value y = Ops.reshape(g, product, 1, out);
    return bias ? Ops.add(g, y, g.weight(path + ".bias", out)) : y;
  }

  private Value gemm(Graph g, Value x) {
    List<Value> operands = new ArrayList<>(List.of(x, g.weight(path + ".weight", out, in)));
    if (bias) {
      operands.add(g.weight(path + ".bias", out));
    }
    return g.node("Gemm", operands, Attribute.of("transB", 1));
  }
}
