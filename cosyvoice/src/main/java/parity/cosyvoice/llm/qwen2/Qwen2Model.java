package parity.cosyvoice.llm.qwen2;

import parity.cosyvoice.llm.qwen2.Qwen2RotaryEmbedding.Rotation;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;
import parity.tensors.BadInputException;

/** {@code Qwen2Model} of transformers' {@code modeling_qwen2.py}, from embeddings on. */
public record Qwen2Model(String path, Qwen2Config config) {
  /** embeds [1, T, hidden] at positions, int64 [T], to [1, T, hidden]. */
  public Value forward(Graph g, Value embeds, Value positions, CachePorts ports) {
    // The first module that is given the embeddings; it looks at their type alone.
    Value hidden = g.enter(path + ".rotary_emb", "x", embeds);
    Rotation rotation =
        new Qwen2RotaryEmbedding(path + ".rotary_emb", config).forward(g, positions);
    for (int i = 0; i < config.numHiddenLayers(); i++) {
      hidden =
          new Qwen2DecoderLayer(path + ".layers." + i, config)
              .forward(g, hidden, rotation, ports.layer(i));
    }
    requireNoMoreLayers(g);
    return new Qwen2RmsNorm(path + ".norm", config).forward(g, hidden);
  }

  private void requireNoMoreLayers(Graph g) {
    String next = path + ".layers." + config.numHiddenLayers() + ".input_layernorm.weight";
    if (g.weights().contains(next)) {
      throw new BadInputException(
          "%s: has tensor %s, but config.json says num_hidden_layers %d; take both from one model"
              .formatted(g.weights().source(), next, config.numHiddenLayers()));
    }
  }
}
