package parity.harness.sampling;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.cosyvoice.llm.sampling.RepetitionAwareSampling;
import parity.cosyvoice.llm.sampling.TokenSampling;
import parity.harness.console.Progress;
import parity.harness.console.Screen;
import parity.harness.console.StageLog;
import parity.harness.judge.Audience;
import parity.harness.judge.Judge;
import parity.harness.limits.Yardstick;
import parity.harness.plan.Declared;
import parity.harness.plan.Expectation;
import parity.harness.plan.LlmPlan;
import parity.harness.plan.Role;
import parity.harness.plan.StagePlan;
import parity.harness.plan.inputs.Sampled;
import parity.harness.plan.inputs.SeededDraws;
import parity.harness.result.StageName;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.random.MklUniform;

/** What is said of tokens that are not Python's, by how near the choice was. */
class DrawnTokensTest {
  private static final double FLOOR = 1e-6;

  @TempDir Path folder;

  private static Tensor ints(int... values) {
    return Tensor.ofInts(Shape.of(values.length), values);
  }

  private static Tensor floats(float... values) {
    return Tensor.ofFloats(Shape.of(values.length), values);
  }

  /** Two steps; in the second, Python chose the first of two tokens, 4 and 3. */
  private static SamplingCheck check(float[] prob, float[] draw, float[] logp) {
    Sampled sampled =
        new Sampled(
            ints(0, 1),
            ints(1, prob.length),
            ints(0, 0),
            joined(0.9f, prob),
            joined(1, draw),
            ints(2, 4));
    TokenSampling sampling =
        new TokenSampling(new RepetitionAwareSampling(0.8, 25, 10, 0.1), 6561, 0, 20);
    float[] rows = new float[2 * logp.length];
    System.arraycopy(logp, 0, rows, logp.length, logp.length);
    Tensor all = Tensor.ofFloats(Shape.of(2, logp.length), rows);
    return new SamplingCheck(
        sampled,
        sampling,
        all,
        new SeededDraws(Optional.empty(), MklUniform.EXACT, Optional.empty()));
  }

  private static Tensor joined(float first, float[] others) {
    float[] all = new float[others.length + 1];
    all[0] = first;
    System.arraycopy(others, 0, all, 1, others.length);
    return floats(all);
  }

  private static float[] logp(float third, float fourth) {
    return new float[] {-9, -9, -9, third, fourth};
  }

  private static Choice second(int index, float... prob) {
    return new Choice(1, floats(prob), index);
  }

  private String said(SamplingCheck check, DrawnTokens drawn) {
    Path file = folder.resolve("log");
    try (StageLog log = StageLog.open(file, Screen.of(new PrintWriter(Writer.nullWriter())))) {
      StagePlan plan =
          new StagePlan(
              List.of(
                  Expectation.of(
                      LlmPlan.DRAWN, Role.UNWATCHED, check.sampled().token(), Yardstick.SAME)),
              Map.of(),
              Map.of(),
              Optional.empty());
      Audience audience = new Audience("Java", log, new Progress.Silent(), true);
      Judge judge = new Judge(StageName.LLM, plan, asked -> true, Declared.ALL, 24_000, audience);
      drawn.answer(judge, check, step -> FLOOR);
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void compare_sameTokens_isGreen() {
    var check = check(new float[] {0.5f, 0.4f}, new float[] {1, 1}, logp(-0.9f, -0.7f));

    assertThat(said(check, new DrawnTokens(List.of(), List.of(2, 4)))).contains("PASS");
  }

  @Test
  void compare_quotientsWithinTwoFloors_isNeitherRightNorWrong() {
    var check = check(new float[] {0.5f, 0.5f}, new float[] {1, 1.000001f}, logp(-0.7f, -0.7f));
    var drawn = new DrawnTokens(List.of(second(1, 0.5f, 0.5f)), List.of(2, 3));

    assertThat(said(check, drawn))
        .contains(
            "SKIPPED sampling.token.drawn: from step 1 on, as step 1 draws 3, Python drew 4: the greatest quotient leads by 9.54e-07, which is 0.954 floors of 1.00e-06");
  }

  @Test
  void compare_quotientsFurtherApart_isRedAndTellsTheMargin() {
    var check = check(new float[] {0.5f, 0.5f}, new float[] {1, 1.00001f}, logp(-0.7f, -0.7f));
    var drawn = new DrawnTokens(List.of(second(1, 0.5f, 0.5f)), List.of(2, 3));
    String said = said(check, drawn);

    assertThat(said).contains("FAIL sampling.token.drawn: ");
    assertThat(said).contains("the greatest quotient leads by 1.00e-05, which is 10.0 floors");
  }

  @Test
  void compare_nucleusOneLonger_tellsHowNearTheSumWas() {
    var check = check(new float[] {0.5f, 0.3000001f}, new float[] {1, 1}, logp(-1, -0.7f));
    var drawn = new DrawnTokens(List.of(second(2, 0.5f, 0.3f, 0.1f)), List.of(2, 0));

    assertThat(said(check, drawn)).contains("SKIPPED");
    assertThat(said(check, drawn)).contains("the nucleus of 2 tokens, not 3, is decided by ");
  }

  @Test
  void compare_orderOfTwoTokens_tellsHowFarApartTheyAre() {
    var check = check(new float[] {0.5f, 0.4f}, new float[] {1, 1}, logp(-0.5f, -0.5000001f));
    var drawn = new DrawnTokens(List.of(second(0, 0.5f, 0.4f)), List.of(2, 3));

    assertThat(said(check, drawn)).contains("two tokens' order is given by 1.19e-07");
  }

  @Test
  void compare_endsTooEarly_isRed() {
    var check = check(new float[] {0.5f, 0.4f}, new float[] {1, 1}, logp(-0.9f, -0.7f));

    assertThat(said(check, new DrawnTokens(List.of(), List.of(2)))).contains("FAIL");
  }
}
