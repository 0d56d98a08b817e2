package parity.cosyvoice.frontend;

import java.util.LinkedHashMap;
import java.util.Map;
import parity.tensors.Tensor;

/**
 * All that the frontend makes of one recording, named as in {@code frontend_artifacts}.
 *
 * @param speech16k [1, S] float32
 * @param speech24k [1, S'] float32
 * @param whisperMel [1, 128, F] float32
 * @param fbank [M, 80] float32, before its mean over time is taken off
 * @param speechFeat [1, T, 80] float32
 * @param speechTokens [1, n] int32, not trimmed
 * @param speakerEmbedding [1, 192] float32
 */
public record FrontendArtifacts(
    Tensor speech16k,
    Tensor speech24k,
    Tensor whisperMel,
    Tensor fbank,
    Tensor speechFeat,
    Tensor speechTokens,
    Tensor speakerEmbedding) {

  /** The tensors by the names that they have in a file, in the order in which they are computed. */
  public Map<String, Tensor> byName() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("speech_16k", speech16k);
    tensors.put("speech_24k", speech24k);
    tensors.put("whisper_mel", whisperMel);
    tensors.put("fbank", fbank);
    tensors.put("speech_feat", speechFeat);
    tensors.put("speech_tokens", speechTokens);
    tensors.put("speaker_embedding", speakerEmbedding);
    return tensors;
  }
}
