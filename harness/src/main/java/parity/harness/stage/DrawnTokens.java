package parity.harness.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import parity.cosyvoice.llm.Llm;
import parity.cosyvoice.llm.LlmPrompt;
import parity.cosyvoice.llm.SpeechTokens;
import parity.cosyvoice.llm.sampling.Multinomial;
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
record DrawnTokens(List<Choice> choices, List<Integer> tokens) {
  private static final String NAME = "sampling.token.drawn";

  static void expect(Checks checks, SamplingCheck check) {
    checks.expect(NAME, check.sampled().token());
  }

  /** Leaves them out. */
  static void skip(Checks checks, String reason) {
    checks.skip(NAME, reason);
  }

  static DrawnTokens of(Llm llm, LlmPrompt prompt, SamplingCheck check) {
    List<Choice> choices = new ArrayList<>();
    List<Integer> drawn = new ArrayList<>();
    Multinomial source =
        check.draw().isPresent()
            ? Multinomial.of(new TorchGenerator(check.seed().orElseThrow()))
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
   * Holds them against Python's; a difference that rounding explains is neither right nor wrong.
   *
   * @param floor of the log-probabilities, by step
   */
  void compare(Checks checks, SamplingCheck check, IntToDoubleFunction floor) {
    Tensor expected = check.sampled().token();
    int last = tokens.size() - 1;
    int[] all = tokens.stream().mapToInt(Integer::intValue).toArray();
    Tensor own = Tensor.ofInts(Shape.of(all.length), all);
    if (last < 0 || tokens.get(last) == expected.getLong(last)) {
      checks.equal(NAME, expected, own);
      return;
    }
    TokenMargin margin =
        TokenMargin.of(check, last, choices, tokens.get(last), floor.applyAsDouble(last));
    String flip =
        "step %d draws %d, Python drew %d: %s"
            .formatted(last, tokens.get(last), expected.getLong(last), margin);
    if (margin.isLawful()) {
      skip(checks, "from step " + last + " on, as " + flip);
    } else {
      checks.equal(NAME, expected, own);
      checks.note(NAME + ": " + flip);
    }
  }
}
