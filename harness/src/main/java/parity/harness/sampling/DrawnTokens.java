package parity.harness.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import parity.cosyvoice.llm.Llm;
import parity.cosyvoice.llm.LlmPrompt;
import parity.cosyvoice.llm.SpeechTokens;
import parity.cosyvoice.llm.sampling.Multinomial;
import parity.harness.plan.LlmPlan;
import parity.harness.port.Answers;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.random.TorchGenerator;

/**
 * The tokens that the native side draws by itself: from its own log-probabilities and the seed, up
 * to the stop, or up to the first that is not Python's.
 *
 * @param choices of the last step
 * @param tokens the stop token too
 */
public record DrawnTokens(List<Choice> choices, List<Integer> tokens) {
  private static final String NAME = LlmPlan.DRAWN;

  /** Draws. */
  public static DrawnTokens draw(Llm llm, LlmPrompt prompt, SamplingCheck check) {
    List<Choice> choices = new ArrayList<>();
    List<Integer> drawn = new ArrayList<>();
    Multinomial source =
        check.draws().draw().isPresent()
            ? Multinomial.of(
                new TorchGenerator(check.draws().seed().orElseThrow(), check.draws().uniform()))
            : check.sampled().replayed(0);
    Tensor expected = check.sampled().token();
    Multinomial kept = Choice.kept(drawn::size, source, choices);
    try (SpeechTokens tokens = llm.generate(prompt, kept)) {
      for (int step = 0; step < expected.elements(); step++) {
        OptionalInt token = tokens.next();
        token = token.isPresent() ? token : tokens.stop();
        token.ifPresent(drawn::add);
        if (token.isEmpty() || token.getAsInt() != expected.getLong(step)) {
          break;
        }
      }
    }
    int last = drawn.size() - 1;
    return new DrawnTokens(
        choices.stream().filter(choice -> choice.step() == last).toList(), drawn);
  }

  /**
   * Answers with them; a difference that rounding explains is left out, as neither right nor wrong.
   *
   * @param floor of the log-probabilities, by step
   */
  public void answer(Answers answers, SamplingCheck check, IntToDoubleFunction floor) {
    Tensor expected = check.sampled().token();
    int last = tokens.size() - 1;
    int[] all = tokens.stream().mapToInt(Integer::intValue).toArray();
    Tensor own = Tensor.ofInts(Shape.of(all.length), all);
    if (last < 0 || tokens.get(last) == expected.getLong(last)) {
      answers.tensor(NAME, own);
      return;
    }
    TokenMargin margin =
        TokenMargin.of(check, last, choices, tokens.get(last), floor.applyAsDouble(last));
    String flip =
        "step %d draws %d, Python drew %d: %s"
            .formatted(last, tokens.get(last), expected.getLong(last), margin);
    if (margin.isLawful()) {
      answers.skip(NAME, "from step " + last + " on, as " + flip);
    } else {
      answers.tensor(NAME, own);
      answers.note(NAME + ": " + flip);
    }
  }
}
