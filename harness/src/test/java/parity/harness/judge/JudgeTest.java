package parity.harness.judge;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.compare.limits.Basis;
import parity.compare.verdict.Outcome;
import parity.compare.verdict.Skips;
import parity.harness.console.Progress;
import parity.harness.console.Screen;
import parity.harness.console.StageLog;
import parity.harness.limits.Yardstick;
import parity.harness.plan.Declared;
import parity.harness.plan.Expectation;
import parity.harness.plan.Kind;
import parity.harness.plan.Reference;
import parity.harness.plan.Role;
import parity.harness.plan.StagePlan;
import parity.harness.result.StageName;
import parity.harness.result.StageResult;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

/** What any port's answers come to. */
final class JudgeTest {
  private static final Basis NEAR = new Basis.Fixed(1e-3, 1e-3, "near");

  @TempDir Path folder;

  private static Tensor frames(float first) {
    float[] values = new float[8 * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = first + i * i;
    }
    return Tensor.ofFloats(Shape.of(1, 4, 8), values);
  }

  private static Expectation expectation(String name, Role role, Tensor tensor) {
    return Expectation.of(name, role, tensor, Yardstick.by(NEAR));
  }

  private static StagePlan plan(Expectation... expectations) {
    return new StagePlan(List.of(expectations), Map.of(), Map.of(), Optional.empty());
  }

  private StageResult judged(StagePlan plan, Consumer<Judge> answers) {
    try (StageLog log = StageLog.open(log(), Screen.of(new PrintWriter(Writer.nullWriter())))) {
      Audience audience = new Audience("Java", log, new Progress.Silent(), false);
      Judge judge = new Judge(StageName.FLOW, plan, asked -> true, Declared.ALL, 24_000, audience);
      answers.accept(judge);
      return judge.finish(true);
    }
  }

  private Path log() {
    return folder.resolve("log");
  }

  private String said() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Outcome outcome(StageResult result) {
    return result.outcome(Skips.INCONCLUSIVE);
  }

  @Test
  void tensor_withinTolerance_isRightAndSoIsTheStage() {
    StageResult result =
        judged(
            plan(expectation("a", Role.OUTPUT, frames(1))),
            judge -> assertThat(judge.tensor("a", frames(1))).isTrue());

    assertThat(outcome(result)).isEqualTo(Outcome.PASS);
  }

  @Test
  void tensor_wrong_failsAndIsWhereItParts() {
    StageResult result =
        judged(
            plan(
                expectation("a", Role.MODULE, frames(1)), expectation("b", Role.OUTPUT, frames(2))),
            judge -> {
              assertThat(judge.tensor("b", frames(900))).isFalse();
              assertThat(judge.tensor("a", frames(700))).isFalse();
            });

    assertThat(outcome(result)).isEqualTo(Outcome.FAIL);
    assertThat(result.firstDivergence().orElseThrow().module()).isEqualTo("a");
  }

  @Test
  void finish_unanswered_isInconclusive() {
    StageResult result =
        judged(
            plan(
                expectation("a", Role.MODULE, frames(1)), expectation("b", Role.OUTPUT, frames(2))),
            judge -> judge.tensor("a", frames(1)));

    assertThat(outcome(result)).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(said()).contains("b: expected F32 [1, 4, 8], found nothing");
  }

  @Test
  void tensor_controlled_isSeenToBeWrongWithAFrameRepeated() {
    StageResult result =
        judged(
            plan(expectation("a", Role.OUTPUT, frames(1)).withControl()),
            judge -> judge.tensor("a", frames(1)));

    assertThat(result.controls()).hasSize(1);
    assertThat(result.controls().getFirst().fault()).isEqualTo("one frame of a repeated");
    assertThat(result.controls().getFirst().seen()).isTrue();
  }

  @Test
  void faulty_notSeen_mistrustsTheStage() {
    StageResult result =
        judged(
            plan(expectation("a", Role.OUTPUT, frames(1))),
            judge -> {
              judge.tensor("a", frames(1));
              judge.faulty("nothing done", "a", frames(1));
            });

    assertThat(outcome(result)).isEqualTo(Outcome.MISTRUSTED);
  }

  @Test
  void tensor_lookedAtAloneOnly_isNoResult() {
    StageResult result =
        judged(
            plan(expectation("a", Role.ALONE, frames(1))),
            judge -> {
              assertThat(judge.fits("a")).isFalse();
              assertThat(judge.tensor("a", frames(900))).isTrue();
              assertThat(judge.fits("a")).isTrue();
            });

    assertThat(result.findings()).isEmpty();
  }

  @Test
  void tensor_lostInTheCapture_staysMissingInTheFormThatWasComputed() {
    Expectation lost =
        new Expectation(
            "a",
            Role.OUTPUT,
            new Reference.Lost(new TensorInfo(DType.F32, Shape.of())),
            Kind.NUMBERS,
            false);
    StageResult result =
        judged(plan(lost), judge -> assertThat(judge.tensor("a", frames(1))).isFalse());

    assertThat(outcome(result)).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(said()).contains("[1, 4, 8]");
  }

  @Test
  void tensor_truthUnusable_isInconclusive() {
    Yardstick none = actual -> new Yardstick.Judged.Unusable("is missing");
    StageResult result =
        judged(
            plan(Expectation.of("a", Role.OUTPUT, frames(1), none)),
            judge -> assertThat(judge.tensor("a", frames(1))).isFalse());

    assertThat(outcome(result)).isEqualTo(Outcome.INCONCLUSIVE);
  }

  @Test
  void strays_ofTheCapture_areReported() {
    StagePlan plan =
        new StagePlan(
            List.of(expectation("a", Role.OUTPUT, frames(1))),
            Map.of("nobody", new TensorInfo(DType.F32, Shape.of(2))),
            Map.of(),
            Optional.empty());
    judged(plan, judge -> judge.tensor("a", frames(1)));

    assertThat(said()).contains("nobody");
  }

  @Test
  void tensor_notAskedFor_isAnErrorOfThePort() {
    StagePlan plan = plan(expectation("a", Role.OUTPUT, frames(1)));

    IllegalStateException error =
        assertThrows(
            IllegalStateException.class, () -> judged(plan, judge -> judge.tensor("b", frames(1))));
    assertThat(error).hasMessageThat().contains("b is not asked for");
  }

  @Test
  void blocked_keepsWhatWasJudgedBefore() {
    StagePlan plan =
        plan(expectation("a", Role.MODULE, frames(1)), expectation("b", Role.OUTPUT, frames(2)));
    try (StageLog log = StageLog.open(log(), Screen.of(new PrintWriter(Writer.nullWriter())))) {
      Audience audience = new Audience("Java", log, new Progress.Silent(), false);
      Judge judge = new Judge(StageName.FLOW, plan, asked -> true, Declared.ALL, 24_000, audience);
      judge.tensor("a", frames(700));
      StageResult result = judge.blocked("b was cut");

      assertThat(result.firstDivergence().orElseThrow().module()).isEqualTo("a");
      assertThat(result.says()).contains("b was cut");
    }
  }
}
