package parity.cosyvoice.llm.qwen2;

/**
 * {@code CosyVoice-BlankEN/config.json}: the dimensions of the transformer.
 *
 * @param hiddenSize width of the residual stream
 * @param headDim width of one attention head
 * @param rmsNormEps what is added to the mean square before the root
 * @param ropeTheta base of the rotary embedding's wavelengths
 */
public record Qwen2Config(
    int vocabSize,
    int hiddenSize,
    int numHiddenLayers,
    int numAttentionHeads,
    int numKeyValueHeads,
    int headDim,
    int intermediateSize,
    float rmsNormEps,
    double ropeTheta) {}
