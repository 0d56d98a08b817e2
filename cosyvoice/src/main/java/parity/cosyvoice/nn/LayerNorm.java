package parity.cosyvoice.nn;

import java.util.List;
import parity.cosyvoice.onnx.Attribute;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/**
 * {@code torch.nn.LayerNorm(elementwise_affine=False, eps)} over the last axis.
 *
 * <p>Written out, because ONNX Runtime's LayerNormalization adds one number at a time, which takes
 * four times as long, and takes the variance as a difference of large numbers.
 */
public record LayerNorm(String path, float eps) {
  /** Of any shape. */
  public Value forward(Graph g, Value x) {
    Value input = g.enter(path, "input", x);
    Value centred = g.node("Sub", List.of(input, mean(g, input)));
    Value variance = mean(g, Ops.mul(g, centred, centred));
    Value deviation = g.node("Sqrt", List.of(Ops.add(g, variance, g.scalar(eps))));
    Value scale = g.node("Div", List.of(g.scalar(1f), deviation));
    return g.tap(path, Ops.mul(g, centred, scale));
  }

  private static Value mean(Graph g, Value x) {
    return g.node("ReduceMean", List.of(x), Attribute.ofList("axes", -1));
  }
}
