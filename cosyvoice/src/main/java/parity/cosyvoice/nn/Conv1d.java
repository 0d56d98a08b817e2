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
  /**
   * x [B, in, T] to [B, out, left + T + right - kernel + 1].
   *
   * <p>Done over a plane of height 1: ONNX Runtime's kernel for planes adds up in the same order
   * however long the axis is, that for rows does not. So what streaming keeps is, bit for bit, what
   * would be computed again. It takes channels in sixteens; others are left to the one for rows.
   */
  public Value forward(Graph g, Value x) {
    g.weights().expect(path + ".weight", out, in / groups, kernel);
    Value weight = g.weightAs(path + ".weight", out, in / groups, 1, kernel);
    Value bias = g.weight(path + ".bias", out);
    Value plane =
        g.node(
            "Conv",
            List.of(Ops.unsqueeze(g, x, 2), weight, bias),
            Attribute.of("group", groups),
            Attribute.ofList("pads", 0, left, 0, right));
    return g.tap(path, g.node("Squeeze", List.of(plane, g.longs(2))));
  }
}
