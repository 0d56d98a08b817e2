package parity.cosyvoice.flow.dit;

import static parity.cosyvoice.nn.Ops.chunk;

import java.util.List;
import parity.cosyvoice.nn.LayerNorm;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code AdaLayerNormZero_Final} of flow/DiT/modules.py. */
record AdaLayerNormZeroFinal(String path, int dim) {
  /** x [B, T, dim], emb [1, dim], to [B, T, dim]. */
  Value forward(Graph g, Value x, Value emb) {
    Value y = OneTime.silu(g, path + ".silu", emb);
    y = OneTime.linear(g, path + ".linear", dim, 2L * dim, y);
    // Scale comes before shift here, the other way round than in AdaLayerNormZero: odd, and meant.
    List<Value> parts = chunk(g, y, 2, 1, 2L * dim);
    Value norm =
        new LayerNorm(path + ".norm", AdaLayerNormZero.EPS).forward(g, g.enter(path, "x", x));
    return g.tap(path, AdaLayerNormZero.modulate(g, norm, parts.get(0), parts.get(1)));
  }
}
