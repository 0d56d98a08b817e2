package parity.cosyvoice.flow.dit;

import static parity.cosyvoice.nn.Ops.add;
import static parity.cosyvoice.nn.Ops.concat;
import static parity.cosyvoice.nn.Ops.expand;
import static parity.cosyvoice.nn.Ops.unsqueeze;

import java.util.List;
import java.util.Optional;
import parity.cosyvoice.config.DitConfig;
import parity.cosyvoice.nn.Linear;
import parity.cosyvoice.onnx.Attribute;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code InputEmbedding} of flow/DiT/dit.py. */
record InputEmbedding(String path, DitConfig config) {
  /**
   * Noisy mel, prompt mel, tokens and speaker as one.
   *
   * @param noisy [B, T, melDim]
   * @param prompt [B, T, melDim]
   * @param tokens [B, T, muDim]
   * @param spks [B, spkDim]
   * @param past as {@link Attention.Sight} has it
   * @return [B, T, dim]
   */
  Value forward(
      Graph g, Value noisy, Value prompt, Value tokens, Value spks, Optional<PastPorts> past) {
    Value x = g.enter(path, "x", noisy);
    Value cond = g.enter(path, "cond", prompt);
    Value mu = g.enter(path, "text_embed", tokens);
    Value length = g.node("Shape", List.of(x), Attribute.of("start", 1), Attribute.of("end", 2));
    Value shape = concat(g, 0, g.longs(DiT.BATCH), length, g.longs(config.spkDim()));
    Value repeated = expand(g, unsqueeze(g, spks, 1), shape);
    long width = 2L * config.melDim() + config.muDim() + config.spkDim();
    Value y =
        new Linear(path + ".proj", width, config.dim())
            .forward(g, concat(g, -1, x, cond, mu, repeated), DiT.BATCH);
    Value position =
        new CausalConvPositionEmbedding(path + ".conv_pos_embed", config.dim()).forward(g, y, past);
    return g.tap(path, add(g, position, y));
  }
}
