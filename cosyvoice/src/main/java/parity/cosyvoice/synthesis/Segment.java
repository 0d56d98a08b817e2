package parity.cosyvoice.synthesis;

import parity.cosyvoice.frontend.ZeroShotPrompt;
import parity.cosyvoice.llm.LlmPrompt;
import parity.tensors.Tensor;

/** What is spoken in one go. */
sealed interface Segment {
  /** What is said, or the name of the recording in which it is. */
  String says();

  /** What flow and vocoder take of the voice. */
  ZeroShotPrompt prompt();

  /** A text, of which the language model makes tokens. */
  record Text(String says, LlmPrompt llm, ZeroShotPrompt prompt) implements Segment {}

  /**
   * Tokens that a recording gave.
   *
   * @param tokens int32 [1, n]
   */
  record Tokens(String says, Tensor tokens, ZeroShotPrompt prompt) implements Segment {}
}
