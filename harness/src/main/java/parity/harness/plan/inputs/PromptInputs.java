package parity.harness.plan.inputs;

import java.util.Optional;
import parity.cosyvoice.config.FlowConfig;
import parity.harness.capture.Captured;
import parity.harness.capture.Mode;
import parity.harness.capture.TensorNames;
import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;

/**
 * What the flow takes from the prompt, and what the frontend made of the recording, where that was
 * captured too.
 *
 * @param token {@code prompt_token} int32 [1, P]
 * @param feat {@code prompt_feat} [1, 2P, 80]
 * @param embedding [1, 192]
 */
public record PromptInputs(
    Tensor token, Tensor feat, Tensor embedding, Optional<Recorded> recorded) {
  /**
   * What the frontend made of the recording.
   *
   * @param tokens {@code speech_tokens} int32 [1, n]
   * @param feat {@code speech_feat} [1, T, 80]
   * @param speaker {@code speaker_embedding} [1, 192]
   * @param trimmed whether upstream cuts tokens and mel to two frames a token; it does but for
   *     voice conversion (cli/frontend.py:174-178)
   */
  public record Recorded(Tensor tokens, Tensor feat, Tensor speaker, boolean trimmed) {}

  static PromptInputs of(
      Captured full, Optional<TensorFile> frontend, FlowConfig config, Mode mode) {
    Optional<Captured> artifacts =
        frontend
            .filter(file ->
                file.contains(TensorNames.SPEECH_TOKENS)
                    && file.contains(TensorNames.SPEECH_FEAT)
                    && file.contains(TensorNames.SPEAKER_EMBEDDING))
            .map(Captured::new);
    return new PromptInputs(
        full.get(TensorNames.PROMPT_TOKEN, DType.I32, 1, Captured.ANY),
        full.get(TensorNames.PROMPT_FEAT, DType.F32, 1, Captured.ANY, config.outputSize()),
        full.get(TensorNames.EMBEDDING, DType.F32, 1, config.spkEmbedDim()),
        artifacts.map(file ->
            new Recorded(
                file.get(TensorNames.SPEECH_TOKENS, DType.I32, 1, Captured.ANY),
                file.get(TensorNames.SPEECH_FEAT, DType.F32, 1, Captured.ANY, config.outputSize()),
                file.get(TensorNames.SPEAKER_EMBEDDING, DType.F32, 1, config.spkEmbedDim()),
                mode != Mode.VC)));
  }
}
