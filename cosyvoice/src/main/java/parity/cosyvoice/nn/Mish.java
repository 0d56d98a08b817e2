package parity.cosyvoice.nn;

import java.util.List;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/**
 * {@code torch.nn.Mish}: {@code x * tanh(log(1 + e^x))}.
 *
 * <p>Written as {@code x w / (w + 2)} with {@code w = e^x (e^x + 2)}, which is the same and loses
 * nothing where e^x is small against 1. From x = 20 on w / (w + 2) is 1 in float32, so the exponent
 * stops there and cannot overflow.
 */
public record Mish(String path) {
  private static final float SATURATED = 20;

  /** Of any shape. */
  public Value forward(Graph g, Value input) {
    Value x = g.enter(path, "input", input);
    Value e = g.node("Exp", List.of(g.node("Min", List.of(x, g.scalar(SATURATED)))));
    Value w = Ops.mul(g, e, Ops.add(g, e, g.scalar(2f)));
    Value ratio = g.node("Div", List.of(w, Ops.add(g, w, g.scalar(2f))));
    return g.tap(path, Ops.mul(g, x, ratio));
  }
}
