package parity.harness.stage;

import java.util.Optional;
import parity.cosyvoice.config.FlowConfig;
import parity.cosyvoice.frontend.ZeroShotPrompt;
import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;

/**
 * What the flow takes from the prompt. Where the frontend was captured too, it must be what the
 * frontend gave, trimmed to two mel frames a token (cli/frontend.py:174-178).
 *
 * @param token {@code prompt_token} int32 [1, P]
 * @param feat {@code prompt_feat} [1, 2P, 80]
 * @param embedding [1, 192]
 */
record PromptInputs(Tensor token, Tensor feat, Tensor embedding, Optional<TensorFile> frontend) {
  static PromptInputs of(Captured full, Optional<TensorFile> frontend, FlowConfig config) {
    return new PromptInputs(
        full.get("prompt_token", DType.I32, 1, Captured.ANY),
        full.get("prompt_feat", DType.F32, 1, Captured.ANY, config.outputSize()),
        full.get("embedding", DType.F32, 1, config.spkEmbedDim()),
        frontend.filter(file ->
            file.contains("speech_tokens")
                && file.contains("speech_feat")
                && file.contains("speaker_embedding")));
  }

  void expect(Checks checks) {
    if (frontend.isPresent()) {
      checks.expect("prompt_token", token);
      checks.expect("prompt_feat", feat);
      checks.expect("embedding", embedding);
    }
  }

  void compare(Checks checks) {
    frontend.ifPresent(file -> {
      ZeroShotPrompt trimmed =
          ZeroShotPrompt.trim(file.get("speech_tokens"), file.get("speech_feat"));
      checks.equal("prompt_token", token, trimmed.speechToken());
      checks.equal("prompt_feat", feat, trimmed.speechFeat());
      checks.equal("embedding", embedding, file.get("speaker_embedding"));
    });
  }
}
