package parity.harness.plan;

import java.util.Optional;
import parity.cosyvoice.config.FlowConfig;
import parity.cosyvoice.frontend.ZeroShotPrompt;
import parity.harness.capture.Captured;
import parity.harness.capture.Mode;
import parity.harness.judge.Judge;
import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;

/**
 * What the flow takes from the prompt. Where the frontend was captured too, it must be what the
 * frontend gave: for voice conversion as it is, else trimmed to two mel frames a token
 * (cli/frontend.py:174-178).
 *
 * @param token {@code prompt_token} int32 [1, P]
 * @param feat {@code prompt_feat} [1, 2P, 80]
 * @param embedding [1, 192]
 * @param prompt what the frontend's tokens and mel come to
 * @param speaker the frontend's {@code speaker_embedding}
 */
record PromptInputs(
    Tensor token,
    Tensor feat,
    Tensor embedding,
    Optional<ZeroShotPrompt> prompt,
    Optional<Tensor> speaker) {
  static PromptInputs of(
      Captured full, Optional<TensorFile> frontend, FlowConfig config, Mode mode) {
    Optional<Captured> artifacts =
        frontend
            .filter(file ->
                file.contains("speech_tokens")
                    && file.contains("speech_feat")
                    && file.contains("speaker_embedding"))
            .map(Captured::new);
    return new PromptInputs(
        full.get("prompt_token", DType.I32, 1, Captured.ANY),
        full.get("prompt_feat", DType.F32, 1, Captured.ANY, config.outputSize()),
        full.get("embedding", DType.F32, 1, config.spkEmbedDim()),
        artifacts.map(file ->
            prompt(
                file.get("speech_tokens", DType.I32, 1, Captured.ANY),
                file.get("speech_feat", DType.F32, 1, Captured.ANY, config.outputSize()),
                mode)),
        artifacts.map(file -> file.get("speaker_embedding", DType.F32, 1, config.spkEmbedDim())));
  }

  private static ZeroShotPrompt prompt(Tensor tokens, Tensor feat, Mode mode) {
    return switch (mode) {
      case ZERO_SHOT, CROSS_LINGUAL, INSTRUCT2 -> ZeroShotPrompt.trim(tokens, feat);
      case VC -> new ZeroShotPrompt(tokens, feat);
    };
  }

  void expect(Judge checks) {
    prompt.ifPresent(trimmed -> {
      checks.expect("prompt_token", token);
      checks.expect("prompt_feat", feat);
    });
    speaker.ifPresent(captured -> checks.expect("embedding", embedding));
  }

  void compare(Judge checks) {
    prompt.ifPresent(trimmed -> {
      checks.equal("prompt_token", token, trimmed.speechToken());
      checks.equal("prompt_feat", feat, trimmed.speechFeat());
    });
    speaker.ifPresent(captured -> checks.equal("embedding", embedding, captured));
  }
}
