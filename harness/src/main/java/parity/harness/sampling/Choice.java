package parity.harness.sampling;

import java.util.List;
import java.util.function.IntSupplier;
import parity.cosyvoice.llm.sampling.Multinomial;
import parity.tensors.Tensor;

/**
 * One call of {@code multinomial}.
 *
 * @param step that it was made in
 * @param prob float32 [n], what it weighed
 * @param index which it chose
 */
public record Choice(int step, Tensor prob, int index) {
  /** How many it chose from. */
  int size() {
    return Math.toIntExact(prob.elements());
  }

  /** As {@code multinomial}, and every choice is added to {@code choices}. */
  static Multinomial kept(IntSupplier step, Multinomial multinomial, List<Choice> choices) {
    return prob -> {
      int index = multinomial.choose(prob);
      choices.add(new Choice(step.getAsInt(), prob, index));
      return index;
    };
  }
}
