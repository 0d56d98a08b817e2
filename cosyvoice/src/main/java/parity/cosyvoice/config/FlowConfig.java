package parity.cosyvoice.config;

/**
 * {@code flow: !new:cosyvoice.flow.flow.CausalMaskedDiffWithDiT}.
 *
 * @param inputSize width of a token's embedding
 * @param outputSize mel bands
 * @param vocabSize speech tokens
 * @param tokenMelRatio mel frames of one token
 * @param preLookaheadLen tokens that the look-ahead convolution sees to the right
 * @param preLookaheadChannels channels between its two convolutions
 */
public record FlowConfig(
    int inputSize,
    int outputSize,
    int spkEmbedDim,
    int vocabSize,
    int tokenMelRatio,
    int preLookaheadLen,
    int preLookaheadChannels,
    CfmConfig cfm,
    DitConfig estimator) {}
