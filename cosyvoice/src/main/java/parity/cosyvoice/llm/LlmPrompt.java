package parity.cosyvoice.llm;

import java.util.Arrays;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * What the language model continues.
 *
 * @param promptText ids of what the prompt says, int32 [1, L]
 * @param text ids of what is to be said, int32 [1, L]
 * @param promptSpeechToken the prompt's speech tokens, int32 [1, P]; may be empty
 */
public record LlmPrompt(Tensor promptText, Tensor text, Tensor promptSpeechToken) {
  /** {@code <|endofprompt|>}, which upstream too has as a number. */
  private static final int END_OF_PROMPT = 151646;

  public LlmPrompt {
    requireIds("prompt_text", promptText);
    requireIds("text", text);
    requireIds("llm_prompt_speech_token", promptSpeechToken);
  }

  /** Number of positions that it takes: start and task tokens are two of them. */
  long length() {
    return promptText.elements() + text.elements() + promptSpeechToken.elements() + 2;
  }

  /** Upstream asserts the same before it speaks (llm/llm.py:479). */
  void requireEndOfPrompt() {
    if (!contains(promptText) && !contains(text)) {
      throw new BadInputException(
          "neither prompt_text nor text has <|endofprompt|> (id %d), without which CosyVoice3 speaks nonsense; let the prompt's text begin with 'You are a helpful assistant.<|endofprompt|>'"
              .formatted(END_OF_PROMPT));
    }
  }

  private static boolean contains(Tensor ids) {
    return Arrays.stream(ids.toInts()).anyMatch(id -> id == END_OF_PROMPT);
  }

  private static void requireIds(String name, Tensor ids) {
    if (ids.dtype() != DType.I32 || ids.shape().rank() != 2 || ids.shape().dim(0) != 1) {
      throw new BadInputException("%s is %s: expected I32 [1, n]".formatted(name, ids));
    }
  }
}
