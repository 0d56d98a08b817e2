package parity.cosyvoice.llm.qwen2;

import java.nio.file.Path;
import parity.tensors.BadInputException;

/** Reads {@code CosyVoice-BlankEN/config.json}. */
public final class Qwen2ConfigReader {
  /** ONNX Runtime's attention takes heads of such widths only. */
  private static final int HEAD_DIM_STEP = 8;

  private Qwen2ConfigReader() {}

  /**
   * Reads the file of a model folder.
   *
   * @param modelDir the folder that holds {@code CosyVoice-BlankEN}
   * @throws BadInputException if the file is missing, is no JSON object, lacks a dimension, or asks
   *     for what is not Qwen2 as CosyVoice3 has it
   */
  public static Qwen2Config read(Path modelDir) {
    var json = JsonScalars.read(modelDir.resolve("CosyVoice-BlankEN").resolve("config.json"));
    json.requireIfPresent("hidden_act", "silu");
    json.requireIfPresent("use_sliding_window", "false");
    json.requireIfPresent("rope_scaling", "null");
    int hidden = json.positiveInt("hidden_size");
    int heads = json.positiveInt("num_attention_heads");
    int keyValueHeads = json.positiveInt("num_key_value_heads");
    if (heads % keyValueHeads != 0) {
      throw json.wrong("num_attention_heads", "a multiple of num_key_value_heads " + keyValueHeads);
    }
    return new Qwen2Config(
        json.positiveInt("vocab_size"),
        hidden,
        json.positiveInt("num_hidden_layers"),
        heads,
        keyValueHeads,
        headDim(json, hidden, heads),
        json.positiveInt("intermediate_size"),
        (float) json.positiveDouble("rms_norm_eps"),
        json.positiveDouble("rope_theta"));
  }

  private static int headDim(JsonScalars json, int hidden, int heads) {
    if (json.contains("head_dim")) {
      int headDim = json.positiveInt("head_dim");
      if (headDim % HEAD_DIM_STEP != 0) {
        throw json.wrong("head_dim", "a multiple of " + HEAD_DIM_STEP);
      }
      return headDim;
    }
    if (hidden % (heads * (long) HEAD_DIM_STEP) != 0) {
      throw json.wrong(
          "hidden_size", "num_attention_heads " + heads + " times a multiple of " + HEAD_DIM_STEP);
    }
    return hidden / heads;
  }
}
