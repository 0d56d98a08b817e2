package parity.cosyvoice.frontend;

import java.util.LinkedHashMap;
import java.util.Map;
import parity.tensors.Tensor;

/**
 * What the frontend makes of a recording whose voice is to be converted ({@code frontend_vc} of
 * {@code cosyvoice/cli/frontend.py}), named as in {@code frontend_artifacts}.
 *
 * @param speech16k [1, S] float32
 * @param whisperMel [1, 128, F] float32
 * @param speechTokens [1, n] int32
 */
public record SourceArtifacts(Tensor speech16k, Tensor whisperMel, Tensor speechTokens) {
  /** The tensors by the names that they have in a file, in the order in which they are computed. */
  public Map<String, Tensor> byName() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("source_speech_16k", speech16k);
    tensors.put("source_whisper_mel", whisperMel);
    tensors.put("source_speech_tokens", speechTokens);
    return tensors;
  }
}
