package parity.cosyvoice.flow;

import static parity.cosyvoice.nn.Ops.add;
import static parity.cosyvoice.nn.Ops.chunk;
import static parity.cosyvoice.nn.Ops.mul;
import static parity.cosyvoice.nn.Ops.unsqueeze;

import java.util.List;
import parity.cosyvoice.nn.LayerNorm;
import parity.cosyvoice.nn.Linear;
import parity.cosyvoice.nn.Silu;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code AdaLayerNormZero} of flow/DiT/modules.py. */
record AdaLayerNormZero(String path, int dim) {
  /** Of every LayerNorm in the DiT. */
  static final float EPS = 1e-6f;

  private static final int CHUNKS = 6;

  /**
   * What a block needs from the time.
   *
   * @param x [B, T, dim], normalised and modulated
   * @param gateMsa [B, dim], as are those after it
   */
  record Output(Value x, Value gateMsa, Value shiftMlp, Value scaleMlp, Value gateMlp) {}

  /** x [B, T, dim], emb [B, dim]. */
  Output forward(Graph g, Value x, Value emb) {
    Value y = new Silu(path + ".silu").forward(g, emb);
    y = new Linear(path + ".linear", dim, (long) CHUNKS * dim).forward(g, y);
    List<Value> parts = chunk(g, y, CHUNKS, 1, (long) CHUNKS * dim);
    Value shiftMsa = parts.get(0);
    Value scaleMsa = parts.get(1);
    Value norm = new LayerNorm(path + ".norm", dim, EPS).forward(g, x);
    return new Output(
        g.tap(path + ".0", modulate(g, norm, scaleMsa, shiftMsa)),
        g.tap(path + ".1", parts.get(2)),
        g.tap(path + ".2", parts.get(3)),
        g.tap(path + ".3", parts.get(4)),
        g.tap(path + ".4", parts.get(5)));
  }

  /**
   * {@code norm * (1 + scale[:, None]) + shift[:, None]}; norm [B, T, dim], the others [B, dim].
   */
  static Value modulate(Graph g, Value norm, Value scale, Value shift) {
    Value factor = add(g, g.scalar(1f), unsqueeze(g, scale, 1));
    return add(g, mul(g, norm, factor), unsqueeze(g, shift, 1));
  }
}
