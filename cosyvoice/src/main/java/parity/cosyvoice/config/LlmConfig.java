package parity.cosyvoice.config;

/**
 * {@code llm: !new:cosyvoice.llm.llm.CosyVoice3LM} with its {@code ras_sampling}.
 *
 * @param inputSize width of the language model's embeddings
 */
public record LlmConfig(
    int inputSize,
    int outputSize,
    int speechTokenSize,
    double topP,
    int topK,
    int winSize,
    double tauR) {}
