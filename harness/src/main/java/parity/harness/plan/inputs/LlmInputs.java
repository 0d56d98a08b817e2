package parity.harness.plan.inputs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import parity.harness.capture.Capture;
import parity.harness.capture.Captured;
import parity.harness.capture.Mode;
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
 * @param twins what the capture holds under two names, the second tensor by the first name
 * @param spoken the tokens that are spoken, where the capture has them too
 */
public record LlmInputs(
    Tensor text,
    Tensor promptText,
    Tensor promptSpeech,
    Tensor tokens,
    Map<String, Twin> twins,
    Optional<TokenInputs> spoken) {
  private static final String PROMPT_SPEECH = "llm_prompt_speech_token";
  private static final String EMBEDDING = "llm_embedding";

  /**
   * A tensor that upstream's script wrote under another name too.
   *
   * @param tensor of the name
   * @param other of the other name
   */
  public record Twin(Tensor tensor, Tensor other) {}

  /** Of a capture. */
  public static LlmInputs of(Capture capture, Captured full, int embeddingSize) {
    Mode mode = capture.settings().mode();
    Tensor embedding = full.get(EMBEDDING, DType.F32, 1, embeddingSize);
    Tensor promptSpeech =
        full.get(PROMPT_SPEECH, DType.I32, 1, mode == Mode.ZERO_SHOT ? Captured.ANY : 0);
    Map<String, Twin> twins = new LinkedHashMap<>();
    if (mode == Mode.ZERO_SHOT && full.holds("prompt_token")) {
      twins.put(PROMPT_SPEECH, new Twin(promptSpeech, full.get("prompt_token")));
    }
    if (full.holds("embedding")) {
      twins.put(EMBEDDING, new Twin(embedding, full.get("embedding")));
    }
    return new LlmInputs(
        full.get("text", DType.I32, 1, Captured.ANY),
        full.get("prompt_text", DType.I32, 1, mode == Mode.CROSS_LINGUAL ? 0 : Captured.ANY),
        promptSpeech,
        full.get("speech_tokens", DType.I32, 1, Captured.ANY),
        twins,
        full.holds("token") ? Optional.of(TokenInputs.of(capture, full)) : Optional.empty());
  }
}
