package parity.harness.result;

import static com.google.common.truth.Truth.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parity.compare.verdict.Outcome;
import parity.compare.verdict.Skips;
import parity.harness.report.Results;

class RunResultTest {
  private static final StageResult OFF =
      new StageResult.SwitchedOff(StageName.HIFT, "SKIP_NATIVE_HIFT=1");
  private static final StageResult NONE =
      new StageResult.NotApplicable(StageName.LLM, "voice conversion");

  private static Outcome outcome(Skips skips, StageResult... stages) {
    return new RunResult(List.of(stages), skips, List.of(), Exercised.NOTHING, Map.of(), Map.of())
        .outcome();
  }

  private static StageResult flow(String... marked) {
    return Results.stage(StageName.FLOW, marked);
  }

  @Test
  void outcome_stageThatWasNotRun_isSkippedWhoeverAllowedIt() {
    for (Skips skips : Skips.values()) {
      assertThat(OFF.outcome(skips)).isEqualTo(Outcome.SKIPPED);
      assertThat(NONE.outcome(skips)).isEqualTo(Outcome.SKIPPED);
    }
  }

  @Test
  void outcome_stageThatWasSwitchedOff_isInconclusiveUnlessItIsAllowed() {
    assertThat(outcome(Skips.INCONCLUSIVE, flow("=a"), OFF)).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(outcome(Skips.ALLOWED, flow("=a"), OFF)).isEqualTo(Outcome.PASS);
    assertThat(outcome(Skips.INCONCLUSIVE, flow("!a"), OFF)).isEqualTo(Outcome.FAIL);
  }

  @Test
  void outcome_stageThatTheCaptureHasNothingOf_countsForNothing() {
    assertThat(outcome(Skips.INCONCLUSIVE, flow("=a"), NONE)).isEqualTo(Outcome.PASS);
    assertThat(outcome(Skips.INCONCLUSIVE, flow("?a"), NONE)).isEqualTo(Outcome.INCONCLUSIVE);
  }

  @Test
  void outcome_nothingCompared_isInconclusive() {
    assertThat(outcome(Skips.ALLOWED)).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(outcome(Skips.ALLOWED, OFF, NONE)).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(outcome(Skips.ALLOWED, flow("0a"))).isEqualTo(Outcome.INCONCLUSIVE);
  }
}
