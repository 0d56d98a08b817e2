package parity.cosyvoice.config;

/** Reads the language model's part. */
final class LlmReader {
  private LlmReader() {}

  /** llm/llm.py, {@code CosyVoice3LM}; utils/common.py, {@code ras_sampling}. */
  static LlmConfig read(Section root) {
    Section llm = root.tagged("llm", "!new:cosyvoice.llm.llm.CosyVoice3LM");
    int inputSize = llm.whole("llm_input_size", 1);
    int outputSize = llm.whole("llm_output_size", 1);
    int speechTokenSize = llm.whole("speech_token_size", 1);
    llm.ignore("length_normalized_loss", "lsm_weight", "mix_ratio");

    Section encoder = llm.tagged("llm", "!new:cosyvoice.llm.llm.Qwen2Encoder");
    encoder.ignore("pretrain_path");
    encoder.noOthers();

    Section sampling = llm.tagged("sampling", "!name:cosyvoice.utils.common.ras_sampling");
    double topP = sampling.number("top_p", 0.8);
    if (topP <= 0) {
      throw sampling.bad("top_p", "is " + topP + ", which leaves no token; expected more than 0");
    }
    int topK = sampling.whole("top_k", 1, 25);
    int winSize = sampling.whole("win_size", 0, 10);
    double tauR = sampling.number("tau_r", 0.1);
    sampling.noOthers();
    llm.noOthers();
    return new LlmConfig(inputSize, outputSize, speechTokenSize, topP, topK, winSize, tauR);
  }
}
