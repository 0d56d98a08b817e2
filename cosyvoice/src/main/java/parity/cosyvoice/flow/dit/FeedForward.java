package parity.cosyvoice.flow.dit;

import parity.cosyvoice.nn.GeluTanh;
import parity.cosyvoice.nn.Linear;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code FeedForward} of flow/DiT/modules.py. */
record FeedForward(String path, long dim, long mult) {
  /** x [B, T, dim] to [B, T, dim]. */
  Value forward(Graph g, Value x) {
    Value input = g.enter(path, "x", x);
    Value y = new Linear(path + ".ff.0.0", dim, dim * mult).forward(g, input, DiT.BATCH);
    y = new GeluTanh(path + ".ff.0.1").forward(g, y);
    g.tap(path + ".ff.0", y);
    g.tap(path + ".ff.1", y);
    y = new Linear(path + ".ff.2", dim * mult, dim).forward(g, y, DiT.BATCH);
    g.tap(path + ".ff", y);
    return g.tap(path, y);
  }
}
