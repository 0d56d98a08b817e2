package parity.cosyvoice.synthesis.steps;

import java.util.Arrays;
import java.util.Set;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * What {@code CosyVoice3Model.llm_job} of cli/model.py takes out of the language model's tokens
 * before the flow gets them: of silence and breath, all that comes after five such tokens in a row.
 * The language model itself goes on with every token.
 */
public final class SilentTokens {
  private static final Set<Integer> SILENT =
      Set.of(1, 2, 28, 29, 55, 248, 494, 2241, 2242, 2322, 2323);

  private static final int MAX_SILENT_TOKENS = 5;

  private int inARow;

  /** Whether the flow gets the token that comes next. */
  public boolean keeps(int token) {
    inARow = SILENT.contains(token) ? inARow + 1 : 0;
    return inARow <= MAX_SILENT_TOKENS;
  }

  /** What the flow gets of all tokens of an utterance: int32 [1, n] to int32 [1, up to n]. */
  public static Tensor thinned(Tensor tokens) {
    SilentTokens filter = new SilentTokens();
    int[] kept = Arrays.stream(tokens.toInts()).filter(filter::keeps).toArray();
    return Tensor.ofInts(Shape.of(1, kept.length), kept);
  }
}
