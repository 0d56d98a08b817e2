package parity.cosyvoice.llm;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parity.cosyvoice.OneOther;
import parity.cosyvoice.config.LlmConfig;
import parity.cosyvoice.llm.qwen2.Qwen2Config;
import parity.cosyvoice.onnx.Engine;
import parity.cosyvoice.onnx.Weights;
import parity.tensors.BadInputException;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** Configuration and checkpoint of two models: the message says which tensor, and how. */
final class LlmMismatchTest {
  private final LlmSample sample = new LlmSample();

  @AfterEach
  void close() {
    sample.close();
  }

  private String message(LlmConfig config, Qwen2Config qwen, Weights weights) {
    var error =
        assertThrows(
            BadInputException.class, () -> new Llm(config, qwen, weights, Engine.of(1)).close());
    return String.valueOf(error.getMessage());
  }

  private String message(Qwen2Config qwen) {
    return message(LlmSample.config(), qwen, sample.weights());
  }

  private static Qwen2Config qwen(int vocab, int layers, int heads, int keyValueHeads, int inner) {
    return new Qwen2Config(vocab, 32, layers, heads, keyValueHeads, 8, inner, 1e-6f, 1e6);
  }

  @Test
  void open_otherVocabulary_namesTheEmbedding() {
    assertThat(message(qwen(151937, 2, 4, 2, 64)))
        .contains("llm.model.model.embed_tokens.weight is F32 [151936, 32], but");
  }

  @Test
  void open_otherHeads_namesTheProjection() {
    assertThat(message(qwen(151936, 2, 8, 2, 64)))
        .contains(
            "layers.0.self_attn.q_proj.weight is F32 [32, 32], but the configuration makes it F32 [64, 32]");
    assertThat(message(qwen(151936, 2, 4, 1, 64))).contains("layers.0.self_attn.k_proj.weight");
  }

  @Test
  void open_otherInnerSize_namesTheGate() {
    assertThat(message(qwen(151936, 2, 4, 2, 65))).contains("layers.0.mlp.gate_proj.weight");
  }

  @Test
  void open_moreLayersThanTheCheckpoint_namesTheFirstMissing() {
    assertThat(message(qwen(151936, 3, 4, 2, 64))).contains("layers.2.");
    assertThat(message(qwen(151936, Integer.MAX_VALUE, 4, 2, 64))).contains("layers.2.");
  }

  @Test
  void open_fewerLayersThanTheCheckpoint_namesTheFirstLeftOver() {
    assertThat(message(qwen(151936, 1, 4, 2, 64)))
        .contains("has tensor llm.model.model.layers.1.input_layernorm.weight");
  }

  @Test
  void open_widthsOfTwoFilesDiffer_namesBoth() {
    var config = new LlmConfig(896, 32, 6561, 0.8, 25, 10, 0.1);
    assertThat(message(config, LlmSample.qwen(), sample.weights()))
        .contains("llm_input_size is 896, but CosyVoice-BlankEN/config.json says hidden_size 32");
  }

  @Test
  void open_otherNumberOfSpeechTokens_namesTheEmbedding() {
    var config = new LlmConfig(32, 32, 4096, 0.8, 25, 10, 0.1);
    assertThat(message(config, LlmSample.qwen(), sample.weights()))
        .contains("speech_embedding.weight is F32 [6761, 32]");
  }

  @Test
  void open_tensorOfAnotherType_saysSo() {
    String name = "llm.model.model.norm.weight";
    Tensor doubles = Tensor.ofDoubles(Shape.of(32), new double[32]);
    var altered = new OneOther(sample.weights(), name, doubles);
    assertThat(message(LlmSample.config(), LlmSample.qwen(), altered))
        .contains(name + " is F64 [32]");
  }
}
