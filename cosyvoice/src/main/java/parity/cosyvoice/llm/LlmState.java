package parity.cosyvoice.llm;

import parity.cosyvoice.config.LlmConfig;
import parity.cosyvoice.llm.qwen2.Qwen2Config;
import parity.cosyvoice.weights.StateDict;

/** What {@code llm.pt} holds. */
public final class LlmState {
  private LlmState() {}

  /**
   * Of llm/llm.py, {@code CosyVoice3LM} around a {@code Qwen2Encoder}, whose model is transformers'
   * {@code Qwen2ForCausalLM}: with {@code lm_head}, tied or not, which is never asked, and without
   * rotary frequencies, which are not persistent.
   *
   * @throws parity.tensors.BadInputException if the two files do not agree
   */
  public static StateDict of(LlmConfig config, Qwen2Config qwen) {
    Llm.requireWidths(config, qwen);
    long hidden = qwen.hiddenSize();
    long speech = LlmGraph.speechTokens(config);
    StateDict.Builder state =
        new StateDict.Builder()
            .tensor("llm.model.model.embed_tokens.weight", qwen.vocabSize(), hidden)
            .tensor("llm.model.model.norm.weight", hidden)
            .unread("llm.model.lm_head.weight", qwen.vocabSize(), hidden)
            .tensor("llm_decoder.weight", speech, config.outputSize())
            .tensor("speech_embedding.weight", speech, config.inputSize());
    for (int i = 0; i < qwen.numHiddenLayers(); i++) {
      layer(state, "llm.model.model.layers." + i, qwen);
    }
    return state.build();
  }

  /** {@code Qwen2DecoderLayer}. */
  private static void layer(StateDict.Builder state, String path, Qwen2Config qwen) {
    long hidden = qwen.hiddenSize();
    long queries = (long) qwen.numAttentionHeads() * qwen.headDim();
    long keys = (long) qwen.numKeyValueHeads() * qwen.headDim();
    long wide = qwen.intermediateSize();
    state
        .linear(path + ".self_attn.q_proj", hidden, queries)
        .linear(path + ".self_attn.k_proj", hidden, keys)
        .linear(path + ".self_attn.v_proj", hidden, keys)
        .tensor(path + ".self_attn.o_proj.weight", hidden, queries)
        .tensor(path + ".mlp.gate_proj.weight", wide, hidden)
        .tensor(path + ".mlp.up_proj.weight", wide, hidden)
        .tensor(path + ".mlp.down_proj.weight", hidden, wide)
        .tensor(path + ".input_layernorm.weight", hidden)
        .tensor(path + ".post_attention_layernorm.weight", hidden);
  }
}
