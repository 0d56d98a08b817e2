package parity.cosyvoice.flow.dit;

import static parity.cosyvoice.nn.Ops.add;
import static parity.cosyvoice.nn.Ops.mul;
import static parity.cosyvoice.nn.Ops.unsqueeze;

import parity.cosyvoice.config.DitConfig;
import parity.cosyvoice.nn.LayerNorm;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code DiTBlock} of flow/DiT/modules.py. */
public record DiTBlock(String path, DitConfig config) {
  /** x [B, T, dim], t [1, dim], to [B, T, dim]. */
  Value forward(Graph g, Value x, Value t, Attention.Sight sight) {
    x = g.enter(path, "x", x);
    var norm = new AdaLayerNormZero(path + ".attn_norm", config.dim()).forward(g, x, t);

    Value attnOutput = new Attention(path + ".attn", config).forward(g, norm.x(), sight);
    Value y = add(g, x, mul(g, unsqueeze(g, norm.gateMsa(), 1), attnOutput));

    Value ffNorm = new LayerNorm(path + ".ff_norm", AdaLayerNormZero.EPS).forward(g, y);
    ffNorm = AdaLayerNormZero.modulate(g, ffNorm, norm.scaleMlp(), norm.shiftMlp());
    Value ffOutput =
        new FeedForward(path + ".ff", config.dim(), config.ffMult()).forward(g, ffNorm);
    return g.tap(path, add(g, y, mul(g, unsqueeze(g, norm.gateMlp(), 1), ffOutput)));
  }
}
