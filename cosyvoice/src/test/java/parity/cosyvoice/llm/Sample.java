package parity.cosyvoice.llm;

import java.nio.file.Path;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.cosyvoice.config.LlmConfig;
import parity.cosyvoice.llm.qwen2.Qwen2Config;
import parity.cosyvoice.llm.qwen2.Qwen2ConfigReader;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;

/** The sample model and what upstream computed with it. */
public record Sample(
    CheckpointWeights weights, TensorFile artifacts, TensorFile taps, TensorFile truth)
    implements AutoCloseable {
  public static final Path MODEL = Path.of("..", "samples", "model");
  private static final Path CAPTURE = Path.of("..", "samples", "capture");

  static Sample open() {
    return new Sample(
        CheckpointWeights.open(MODEL.resolve("llm.pt")),
        Safetensors.open(CAPTURE.resolve("debug_artifacts.safetensors")),
        Safetensors.open(CAPTURE.resolve("taps_llm.safetensors")),
        Safetensors.open(CAPTURE.resolve("truth_llm_cumulative.safetensors")));
  }

  static LlmConfig config() {
    return CosyVoiceConfigReader.read(MODEL).llm();
  }

  static Qwen2Config qwen() {
    return Qwen2ConfigReader.read(MODEL);
  }

  LlmPrompt prompt() {
    return new LlmPrompt(
        artifacts.get("prompt_text"),
        artifacts.get("text"),
        artifacts.get("llm_prompt_speech_token"));
  }

  Tensor tokens() {
    return artifacts.get("token");
  }

  Tensor logp() {
    return artifacts.get("llm_logp");
  }

  /** The capture's name of a call: numbered, unless the module was called once. */
  String name(String path, int call) {
    return taps.contains(path) ? path : path + "#" + call;
  }

  /** How many times noisier than the reference {@code computed} is, by the cumulative truth. */
  double sigma(String name, Tensor computed) {
    Tensor tap = taps.get(name);
    Tensor error = truth.get(name);
    double ours = 0;
    double theirs = 0;
    double exact = 0;
    for (long i = 0; i < tap.elements(); i++) {
      double t = tap.getDouble(i) + error.getDouble(i);
      ours += Math.pow(computed.getDouble(i) - t, 2);
      theirs += Math.pow(error.getDouble(i), 2);
      exact += t * t;
    }
    return Math.sqrt(ours / Math.max(theirs, exact * 0x1p-50));
  }

  @Override
  public void close() {
    weights.close();
    artifacts.close();
    taps.close();
    truth.close();
  }
}
