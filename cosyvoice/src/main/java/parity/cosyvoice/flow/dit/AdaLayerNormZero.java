package parity.cosyvoice.flow.dit;

import static parity.cosyvoice.nn.Ops.add;
import static parity.cosyvoice.nn.Ops.chunk;
import static parity.cosyvoice.nn.Ops.mul;
import static parity.cosyvoice.nn.Ops.unsqueeze;

import java.util.List;
import parity.cosyvoice.nn.LayerNorm;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code AdaLayerNormZero} of flow/DiT/modules.py. */
public record AdaLayerNormZero(String path, int dim) {
  /** Of every LayerNorm in the DiT. */
  static final float EPS = 1e-6f;

  public static final int CHUNKS = 6;

  /**
   * What a block needs from the time.
   *
   * @param x [B, T, dim], normalised and modulated
   * @param gateMsa [1, dim], as are those after it
   */
  record Output(Value x, Value gateMsa, Value shiftMlp, Value scaleMlp, Value gateMlp) {}

  /** x [B, T, dim], emb [1, dim]. */
  Output forward(Graph g, Value x, Value emb) {
    Value y = OneTime.silu(g, path + ".silu", emb);
    y = OneTime.linear(g, path + ".linear", dim, (long) CHUNKS * dim, y);
    List<Value> parts = chunk(g, y, CHUNKS, 1, (long) CHUNKS * dim);
    Value shiftMsa = parts.get(0);
    Value scaleMsa = parts.get(1);
    Value norm = new LayerNorm(path + ".norm", EPS).forward(g, g.enter(path, "x", x));
    return new Output(
        g.tap(path + ".0", modulate(g, norm, scaleMsa, shiftMsa)),
        OneTime.tap(g, path + ".1", parts.get(2)),
        OneTime.tap(g, path + ".2", parts.get(3)),
        OneTime.tap(g, path + ".3", parts.get(4)),
        OneTime.tap(g, path + ".4", parts.get(5)));
  }

  /**
   * {@code norm * (1 + scale[:, None]) + shift[:, None]}; norm [B, T, dim], the others [1, dim].
   */
  static Value modulate(Graph g, Value norm, Value scale, Value shift) {
    Value factor = add(g, g.scalar(1f), unsqueeze(g, scale, 1));
    return add(g, mul(g, norm, factor), unsqueeze(g, shift, 1));
  }
}
