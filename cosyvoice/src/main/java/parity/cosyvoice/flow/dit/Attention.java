package parity.cosyvoice.flow.dit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parity.cosyvoice.config.DitConfig;
import parity.cosyvoice.nn.Linear;
import parity.cosyvoice.onnx.Attribute;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code Attention} with {@code AttnProcessor} of flow/DiT/modules.py. */
record Attention(String path, DitConfig config) {
  /**
   * x [B, T, dim] to [B, T, dim].
   *
   * <p>Upstream ends with {@code masked_fill} by the last row of the mask. That row sees every
   * frame as long as nothing in the batch is padded, and nothing is, so there is nothing to fill.
   */
  Value forward(Graph g, Value x, Sight sight) {
    x = g.enter(path, "x", x);
    long inner = (long) config.dimHead() * config.heads();
    Value query = new Linear(path + ".to_q", config.dim(), inner).forward(g, x, DiT.BATCH);
    Value unturned = new Linear(path + ".to_k", config.dim(), inner).forward(g, x, DiT.BATCH);
    Value value = new Linear(path + ".to_v", config.dim(), inner).forward(g, x, DiT.BATCH);
    query = sight.rope().apply(g, query);
    Value key = sight.rope().apply(g, unturned);

    List<Value> operands = new ArrayList<>(List.of(query, key, value));
    if (sight.mask().isPresent() || sight.past().isPresent()) {
      operands.addAll(List.of(Graph.NONE, Graph.NONE, sight.mask().orElse(Graph.NONE)));
    }
    if (sight.past().isPresent()) {
      PastPorts past = sight.past().get();
      operands.add(past.attended(path + ".key", key));
      operands.add(past.attended(path + ".value", value));
    }
    // Keys and values are put behind the past ones only where the joined ones are asked for.
    int outputs = sight.past().isPresent() ? 3 : 1;
    Attribute heads = Attribute.of("num_heads", config.heads());
    Value y = g.contribs("MultiHeadAttention", outputs, operands, heads).getFirst();
    y = new Linear(path + ".to_out.0", inner, config.dim()).forward(g, y, DiT.BATCH);
    g.tap(path + ".to_out.1", y);
    return g.tap(path, y);
  }

  /**
   * Which frames a frame sees.
   *
   * @param rope where the frames at hand stand
   * @param mask what is added to the scores before the softmax, [1, 1, T, past + T], if not all
   *     frames see each other
   * @param past takes keys and values of earlier frames, if there may be any
   */
  record Sight(Rope rope, Optional<Value> mask, Optional<PastPorts> past) {}

  /**
   * Rotary embedding, {@code apply_rotary_pos_emb} of x_transformers.
   *
   * @param cos [T, dimHead / 2]
   * @param sin [T, dimHead / 2]
   */
  record Rope(Value cos, Value sin, long dimHead) {
    /**
     * Turns neighbouring pairs of the first dimHead channels of x [B, T, heads * dimHead]. Upstream
     * does so before it parts the heads, so the first head alone turns: odd, and meant.
     */
    Value apply(Graph g, Value x) {
      return g.contrib(
          "RotaryEmbedding",
          List.of(x, g.longs(0), cos, sin),
          Attribute.of("interleaved", 1),
          Attribute.of("num_heads", 1),
          Attribute.of("rotary_embedding_dim", dimHead));
    }
  }
}
