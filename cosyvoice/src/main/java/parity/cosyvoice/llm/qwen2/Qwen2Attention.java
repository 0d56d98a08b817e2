package parity.cosyvoice.llm.qwen2;

import java.util.List;
import parity.cosyvoice.llm.qwen2.Qwen2RotaryEmbedding.Rotation;
import parity.cosyvoice.nn.Linear;
import parity.cosyvoice.nn.Ops;
import parity.cosyvoice.onnx.Attribute;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/**
 * {@code Qwen2Attention} of transformers' {@code modeling_qwen2.py}, each position on itself and
 * all before it, the cached ones included.
 *
 * <p>Grouping of heads, scale and softmax are those of ONNX Runtime's {@code GroupQueryAttention},
 * which writes keys and values behind those that the cache holds already.
 */
record Qwen2Attention(String path, Qwen2Config config) {
  /** x [1, T, hidden] to [1, T, hidden]. */
  Value forward(Graph g, Value x, Rotation rotation, CachePorts.Layer cache) {
    x = g.enter(path, "hidden_states", x);
    int hidden = config.hiddenSize();
    long queries = (long) config.numAttentionHeads() * config.headDim();
    long keys = (long) config.numKeyValueHeads() * config.headDim();
    Value query = new Linear(path + ".q_proj", hidden, queries).forward(g, x, 1);
    Value key = new Linear(path + ".k_proj", hidden, keys).forward(g, x, 1);
    Value value = new Linear(path + ".v_proj", hidden, keys).forward(g, x, 1);
    List<Value> attended =
        g.contribs(
            "GroupQueryAttention",
            3,
            List.of(
                rotation.of(g, query, config.numAttentionHeads()),
                rotation.of(g, key, config.numKeyValueHeads()),
                value,
                cache.key(),
                cache.value(),
                cache.last(),
                cache.total()),
            Attribute.of("num_heads", config.numAttentionHeads()),
            Attribute.of("kv_num_heads", config.numKeyValueHeads()),
            Attribute.of("scale", (float) (1 / Math.sqrt(config.headDim()))));
    cache.becomes(attended.get(1), attended.get(2));
    var output = new Linear(path + ".o_proj", queries, hidden, false);
    // ONNX Runtime takes the result for one of the key's width when the query's is not known.
    Value joined = Ops.reshape(g, attended.get(0), 1, -1, queries);
    return g.tap(path + ".0", output.forward(g, joined, 1));
  }
}
