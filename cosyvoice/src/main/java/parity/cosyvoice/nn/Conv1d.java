package parity.cosyvoice.nn;

import java.util.List;
import parity.cosyvoice.onnx.Attribute;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/**
 * {@code torch.nn.Conv1d} of stride 1 with a bias, after as many zeros on either side as {@code
 * left} and {@code right} say.
 */
public record Conv1d(
    String path, long in, long out, long kernel, long groups, long left, long right) {
  /** x [B, in, T] to [B, out, left + T + right - kernel + 1]. */
  public Value forward(Graph g, Value x) {
    Value weight = g.weight(path + ".weight", out, in / groups, kernel);
    Value bias = g.weight(path + ".bias", out);
    return g.tap(
        path,
        g.node(
            "Conv",
            List.of(x, weight, bias),
            Attribute.of("group", groups),
            Attribute.ofList("pads", left, right)));
  }
}
