package parity.cosyvoice.flow.dit;

import static parity.cosyvoice.nn.Ops.concat;
import static parity.cosyvoice.nn.Ops.mul;
import static parity.cosyvoice.nn.Ops.unsqueeze;

import java.util.List;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** {@code TimestepEmbedding} and {@code SinusPositionEmbedding} of flow/DiT/modules.py. */
public record TimestepEmbedding(String path, long dim) {
  public static final int FREQ_EMBED_DIM = 256;
  private static final float SCALE = 1000;

  /** timestep [1] in 0 to 1, to [1, dim]. */
  Value forward(Graph g, Value timestep) {
    Value hidden = sinusPositionEmbedding(g, timestep);
    hidden = OneTime.linear(g, path + ".time_mlp.0", FREQ_EMBED_DIM, dim, hidden);
    hidden = OneTime.silu(g, path + ".time_mlp.1", hidden);
    Value time = OneTime.linear(g, path + ".time_mlp.2", dim, dim, hidden);
    OneTime.tap(g, path + ".time_mlp", time);
    return OneTime.tap(g, path, time);
  }

  private Value sinusPositionEmbedding(Graph g, Value x) {
    Value scaled = mul(g, g.scalar(SCALE), unsqueeze(g, x, 1));
    Value emb = mul(g, scaled, g.constant("time_embed", frequencies()));
    Value sin = g.node("Sin", List.of(emb));
    Value cos = g.node("Cos", List.of(emb));
    return OneTime.tap(g, path + ".time_embed", concat(g, -1, sin, cos));
  }

  /**
   * [1, 128]: {@code exp(-i ln(10000) / 127)}, rounded to float32 where upstream rounds: the
   * factor, the product and the exponential.
   */
  private static Tensor frequencies() {
    int half = FREQ_EMBED_DIM / 2;
    float factor = (float) -(Math.log(10000) / (half - 1));
    float[] emb = new float[half];
    for (int i = 0; i < half; i++) {
      emb[i] = (float) Math.exp(i * factor);
    }
    return Tensor.ofFloats(Shape.of(1, half), emb);
  }
}
