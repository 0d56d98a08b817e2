package parity.cosyvoice.hift;

import parity.tensors.Tensor;

/**
 * What {@code CausalHiFTGenerator.inference} returns.
 *
 * @param audio F32 [1, samples] in -audio_limit to audio_limit
 * @param source F32 [1, 1, S]: the signal that excites the network; S is 480 samples a mel frame,
 *     and longer than the audio where the end of the mel is not final
 */
public record Speech(Tensor audio, Tensor source) {}
