package parity.cosyvoice.llm.qwen2;

import parity.cosyvoice.llm.qwen2.Qwen2RotaryEmbedding.Rotation;
import parity.cosyvoice.nn.Ops;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code Qwen2DecoderLayer} of transformers' {@code modeling_qwen2.py}. */
public record Qwen2DecoderLayer(String path, Qwen2Config config) {
  /** x [1, T, hidden] to [1, T, hidden]. */
  Value forward(Graph g, Value x, Rotation rotation, CachePorts.Layer cache) {
    x = g.enter(path, "hidden_states", x);
    Value normed = new Qwen2RmsNorm(path + ".input_layernorm", config).forward(g, x);
    Value attended =
        new Qwen2Attention(path + ".self_attn", config).forward(g, normed, rotation, cache);
    Value middle = Ops.add(g, x, attended);
    Value again = new Qwen2RmsNorm(path + ".post_attention_layernorm", config).forward(g, middle);
    Value changed = new Qwen2Mlp(path + ".mlp", config).forward(g, again);
    return g.tap(path, Ops.add(g, middle, changed));
  }
}
