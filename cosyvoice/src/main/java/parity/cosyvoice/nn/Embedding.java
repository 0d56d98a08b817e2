package parity.cosyvoice.nn;

import java.util.List;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code torch.nn.Embedding}. */
public record Embedding(String path, long size, long dim) {
  /** Integer ids [B, T], all within 0 to size - 1, to [B, T, dim]. */
  public Value forward(Graph g, Value ids) {
    Value weight = g.weight(path + ".weight", size, dim);
    return g.tap(path, g.node("Gather", List.of(weight, ids)));
  }
}
