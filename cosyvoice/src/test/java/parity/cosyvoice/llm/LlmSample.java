package parity.cosyvoice.llm;

import parity.cosyvoice.SampleCapture;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.cosyvoice.config.LlmConfig;
import parity.cosyvoice.llm.qwen2.Qwen2Config;
import parity.cosyvoice.llm.qwen2.Qwen2ConfigReader;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.tensors.Tensor;

/** The sample's language model. */
final class LlmSample extends SampleCapture {
  LlmSample() {
    super("llm", CheckpointWeights.open(MODEL.resolve("llm.pt")));
  }

  static LlmConfig config() {
    return CosyVoiceConfigReader.read(MODEL).llm();
  }

  static Qwen2Config qwen() {
    return Qwen2ConfigReader.read(MODEL);
  }

  LlmPrompt prompt() {
    return new LlmPrompt(
        artifacts().get("prompt_text"),
        artifacts().get("text"),
        artifacts().get("llm_prompt_speech_token"));
  }

  Tensor tokens() {
    return artifacts().get("token");
  }

  Tensor logp() {
    return artifacts().get("llm_logp");
  }

  /** The capture's name of a call: numbered, unless the module was called once. */
  String name(String path, int call) {
    return taps().contains(path) ? path : path + "#" + call;
  }

  /** How many times noisier than upstream the tap {@code name} is. */
  double sigma(String name, Tensor computed) {
    return sigma(computed, taps().get(name), truth().get(name));
  }
}
