package parity.cosyvoice.nn;

import java.util.List;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/**
 * {@code torch.nn.SiLU}: {@code x * sigmoid(x)}.
 *
 * <p>Written as {@code x / (1 + e^-x)}: ONNX Runtime's Sigmoid is an approximation with twice the
 * rounding error of PyTorch's.
 */
public record Silu(String path) {
  /** Of any shape. */
  public Value forward(Graph g, Value x) {
    return g.tap(path, of(g, g.enter(path, "input", x)));
  }

  /** The function alone, not tapped. */
  public static Value of(Graph g, Value x) {
    Value e = g.node("Exp", List.of(g.node("Neg", List.of(x))));
    return g.node("Div", List.of(x, Ops.add(g, g.scalar(1f), e)));
  }
}
