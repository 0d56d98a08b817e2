package parity.cosyvoice.config;

/** All of {@code cosyvoice3.yaml} that inference needs. */
public record CosyVoiceConfig(
    int sampleRate,
    int spkEmbedDim,
    LlmConfig llm,
    FlowConfig flow,
    HiftConfig hift,
    MelConfig featExtractor) {}
