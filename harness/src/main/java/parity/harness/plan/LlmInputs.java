package parity.harness.plan;

import java.util.Optional;
import parity.cosyvoice.llm.LlmPrompt;
import parity.harness.capture.Blocked;
import parity.harness.capture.Capture;
import parity.harness.capture.Captured;
import parity.harness.capture.Mode;
import parity.harness.judge.Judge;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * What the language model continues, and the tokens that Python drew. Only zero-shot gives it the
 * prompt's speech, and cross-lingual not even the prompt's text (cli/frontend.py:190-213); what is
 * not given is there, and empty.
 *
 * @param text int32 [1, L]
 * @param promptText int32 [1, L], of cross-lingual [1, 0]
 * @param promptSpeech {@code llm_prompt_speech_token} int32 [1, P], of zero-shot; else [1, 0]
 * @param tokens {@code speech_tokens} int32 [1, N]
 */
record LlmInputs(
    Captured full,
    Tensor text,
    Tensor promptText,
    Tensor promptSpeech,
    Tensor tokens,
    boolean speaksPrompt,
    Optional<TokenInputs> spoken) {
  static LlmInputs of(Capture capture, Captured full, int embeddingSize) {
    Mode mode = capture.settings().mode();
    full.get("llm_embedding", DType.F32, 1, embeddingSize);
    return new LlmInputs(
        full,
        full.get("text", DType.I32, 1, Captured.ANY),
        full.get("prompt_text", DType.I32, 1, mode == Mode.CROSS_LINGUAL ? 0 : Captured.ANY),
        full.get(
            "llm_prompt_speech_token", DType.I32, 1, mode == Mode.ZERO_SHOT ? Captured.ANY : 0),
        full.get("speech_tokens", DType.I32, 1, Captured.ANY),
        mode == Mode.ZERO_SHOT,
        full.holds("token") ? Optional.of(TokenInputs.of(capture, full)) : Optional.empty());
  }

  void expect(Judge checks) {
    if (speaksPrompt) {
      full.expectTwin(checks, "llm_prompt_speech_token", "prompt_token");
    }
    full.expectTwin(checks, "llm_embedding", "embedding");
    spoken.ifPresent(token -> token.expect(checks, "speech_tokens"));
  }

  void compare(Judge checks) {
    if (speaksPrompt) {
      full.compareTwin(checks, "llm_prompt_speech_token", "prompt_token");
    }
    full.compareTwin(checks, "llm_embedding", "embedding");
    spoken.ifPresent(token -> token.compare(checks, "speech_tokens"));
  }

  /** As the model takes it. */
  LlmPrompt prompt() {
    return Blocked.ifRefused(() -> new LlmPrompt(promptText, text, promptSpeech));
  }
}
