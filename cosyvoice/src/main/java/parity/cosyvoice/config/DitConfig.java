package parity.cosyvoice.config;

/**
 * {@code estimator: !new:cosyvoice.flow.DiT.dit.DiT}.
 *
 * @param staticChunkSize mel frames of one block of the streaming attention mask
 */
public record DitConfig(
    int dim,
    int depth,
    int heads,
    int dimHead,
    int ffMult,
    int melDim,
    int muDim,
    int spkDim,
    int outChannels,
    int staticChunkSize) {}
