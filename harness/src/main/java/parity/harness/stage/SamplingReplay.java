package parity.harness.stage;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import parity.cosyvoice.llm.sampling.Multinomial;
import parity.cosyvoice.llm.sampling.TokenSampling;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * The native side's sampling alone: every step from Python's log-probabilities, with Python's
 * tokens so far and the numbers that Python drew.
 *
 * @param choices all that were made
 * @param token int32 [steps]
 */
record SamplingReplay(List<Choice> choices, Tensor token) {
  private static final String STEP = "sampling.step";
  private static final String SIZE = "sampling.size";
  private static final String PROB = "sampling.prob";
  private static final String INDEX = "sampling.index";

  /** What a step returned. */
  static final String TOKEN = "sampling.token";

  /**
   * Samples.
   *
   * @param logp float32 [steps, speech tokens]
   */
  static SamplingReplay of(TokenSampling sampling, Tensor logp, Sampled sampled) {
    List<Integer> said = Arrays.stream(sampled.token().toInts()).boxed().toList();
    List<Choice> choices = new ArrayList<>();
    int[] tokens = new int[said.size()];
    for (int step = 0; step < tokens.length; step++) {
      int at = step;
      Multinomial drawn = Choice.kept(() -> at, sampled.replayed(step), choices);
      tokens[step] = sampling.sample(Rows.row(logp, step).toFloats(), said.subList(0, step), drawn);
    }
    return new SamplingReplay(choices, Tensor.ofInts(Shape.of(tokens.length), tokens));
  }

  static void expect(Checks checks, Sampled sampled) {
    checks.expect(STEP, sampled.step());
    checks.expect(SIZE, sampled.size());
    checks.expect(PROB, sampled.prob());
    checks.expect(INDEX, sampled.index());
    checks.expect(TOKEN, sampled.token());
  }

  void compare(Checks checks, Sampled sampled) {
    checks.equal(STEP, sampled.step(), table(Choice::step));
    checks.equal(SIZE, sampled.size(), table(Choice::size));
    checks.compare(PROB, sampled.prob(), prob(), FixedLimits.PROBABILITIES);
    checks.equal(INDEX, sampled.index(), table(Choice::index));
    checks.equal(TOKEN, sampled.token(), token);
  }

  private Tensor table(ToIntFunction<Choice> number) {
    int[] numbers = choices.stream().mapToInt(number).toArray();
    return Tensor.ofInts(Shape.of(numbers.length), numbers);
  }

  private Tensor prob() {
    int size = choices.stream().mapToInt(Choice::size).sum();
    float[] all = new float[size];
    MemorySegment rest = MemorySegment.ofArray(all);
    for (Choice choice : choices) {
      rest.copyFrom(choice.prob().data());
      rest = rest.asSlice(choice.prob().data().byteSize());
    }
    return Tensor.ofFloats(Shape.of(size), all);
  }
}
