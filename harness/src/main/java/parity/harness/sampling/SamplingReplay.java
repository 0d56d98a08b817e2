package parity.harness.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import parity.cosyvoice.llm.sampling.Multinomial;
import parity.harness.plan.LlmPlan;
import parity.harness.plan.inputs.Sampled;
import parity.harness.port.Answers;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.Tensors;

/**
 * The native side's sampling alone: every step from Python's log-probabilities, with Python's
 * tokens so far and the numbers that Python drew.
 *
 * @param choices all that were made
 * @param token int32 [steps]
 */
public record SamplingReplay(List<Choice> choices, Tensor token) {
  /** Samples every step. */
  public static SamplingReplay sample(SamplingCheck check) {
    Sampled sampled = check.sampled();
    List<Integer> said = Arrays.stream(sampled.token().toInts()).boxed().toList();
    List<Choice> choices = new ArrayList<>();
    int[] tokens = new int[said.size()];
    for (int step = 0; step < tokens.length; step++) {
      int at = step;
      Multinomial drawn = Choice.kept(() -> at, sampled.replayed(step), choices);
      tokens[step] =
          check
              .sampling()
              .sample(Tensors.row(check.logp(), step).toFloats(), said.subList(0, step), drawn);
    }
    return new SamplingReplay(choices, Tensor.ofInts(Shape.of(tokens.length), tokens));
  }

  /** Answers with the tables of all calls, and what each step came to. */
  public void answer(Answers answers) {
    answers.tensor(LlmPlan.STEP, table(Choice::step));
    answers.tensor(LlmPlan.SIZE, table(Choice::size));
    answers.tensor(LlmPlan.PROB, prob());
    answers.tensor(LlmPlan.INDEX, table(Choice::index));
    answers.tensor(LlmPlan.TOKEN, token);
  }

  private Tensor table(ToIntFunction<Choice> number) {
    int[] numbers = choices.stream().mapToInt(number).toArray();
    return Tensor.ofInts(Shape.of(numbers.length), numbers);
  }

  private Tensor prob() {
    int size = choices.stream().mapToInt(Choice::size).sum();
    float[] all = new float[size];
    int at = 0;
    for (Choice choice : choices) {
      System.arraycopy(choice.prob().toFloats(), 0, all, at, choice.size());
      at += choice.size();
    }
    return Tensor.ofFloats(Shape.of(size), all);
  }
}
