package parity.harness.plan.inputs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import parity.harness.capture.Capture;
import parity.harness.capture.Captured;
import parity.harness.capture.Mode;
import parity.harness.capture.TensorNames;
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
    Tensor embedding = full.get(TensorNames.LLM_EMBEDDING, DType.F32, 1, embeddingSize);
    Tensor promptSpeech =
        full.get(
            TensorNames.LLM_PROMPT_SPEECH_TOKEN,
            DType.I32,
            1,
            mode == Mode.ZERO_SHOT ? Captured.ANY : 0);
    Map<String, Twin> twins = new LinkedHashMap<>();
    if (mode == Mode.ZERO_SHOT && full.holds(TensorNames.PROMPT_TOKEN)) {
      twins.put(
          TensorNames.LLM_PROMPT_SPEECH_TOKEN,
          new Twin(promptSpeech, full.get(TensorNames.PROMPT_TOKEN)));
    }
    if (full.holds(TensorNames.EMBEDDING)) {
      twins.put(TensorNames.LLM_EMBEDDING, new Twin(embedding, full.get(TensorNames.EMBEDDING)));
    }
    return new LlmInputs(
        full.get(TensorNames.TEXT, DType.I32, 1, Captured.ANY),
        full.get(
            TensorNames.PROMPT_TEXT, DType.I32, 1, mode == Mode.CROSS_LINGUAL ? 0 : Captured.ANY),
        promptSpeech,
        full.get(TensorNames.SPEECH_TOKENS, DType.I32, 1, Captured.ANY),
        twins,
        full.holds(TensorNames.TOKEN)
            ? Optional.of(TokenInputs.of(capture, full))
            : Optional.empty());
  }
}
