package parity.cosyvoice.llm;

import java.util.List;
import parity.cosyvoice.config.LlmConfig;
import parity.cosyvoice.llm.qwen2.CachePorts;
import parity.cosyvoice.llm.qwen2.Qwen2Config;
import parity.cosyvoice.llm.qwen2.Qwen2Model;
import parity.cosyvoice.nn.Linear;
import parity.cosyvoice.onnx.Attribute;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;
import parity.tensors.DType;

/**
 * One call of {@code forward_one_step} and {@code llm_decoder}, as {@code
 * CosyVoice3LM.inference_wrapper} of upstream's {@code llm/llm.py} makes it: inputs_embeds [1, T,
 * hidden] to the log-probabilities [1, speech tokens] of what follows the last position.
 *
 * @param logp name of the output that holds the log-probabilities
 */
record LlmGraph(Graph graph, CachePorts ports, String logp, Qwen2Config qwen, int speechTokens) {
  /** What a capture puts before the names of the checkpoint. */
  static final String PREFIX = "llm.";

  static final String EMBEDS = "inputs_embeds";
  static final String POSITIONS = "cache_position";

  /** Ids above the speech tokens' own: start, end, task, fill and reserved ones. */
  private static final int SPECIAL_TOKENS = 200;

  /** How many tokens the model knows, the special ones included. */
  static int speechTokens(LlmConfig config) {
    return config.speechTokenSize() + SPECIAL_TOKENS;
  }

  /** The graph, cut as {@code g} is. */
  static LlmGraph of(LlmConfig config, Qwen2Config qwen, Graph g) {
    Value embeds = g.input(EMBEDS, DType.F32, 1, "length", qwen.hiddenSize());
    Value positions = g.input(POSITIONS, DType.I64, "length");
    CachePorts ports = new CachePorts(g, qwen);

    Value hidden = new Qwen2Model("llm.model.model", qwen).forward(g, embeds, positions, ports);
    Value last = g.node("Gather", List.of(hidden, g.integer(-1)), Attribute.of("axis", 1));
    int speechTokens = speechTokens(config);
    Value logits =
        new Linear("llm_decoder", config.outputSize(), speechTokens, false).forward(g, last);
    Value logp = g.output(g.node("LogSoftmax", List.of(logits), Attribute.of("axis", -1)));
    return new LlmGraph(g, ports, logp.name(), qwen, speechTokens);
  }
}
