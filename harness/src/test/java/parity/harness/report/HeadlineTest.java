package parity.harness.report;

import static com.google.common.truth.Truth.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parity.harness.result.Overridden;
import parity.harness.result.RunResult;
import parity.harness.result.StageName;
import parity.harness.result.StageResult;

class HeadlineTest {
  private static Headline of(StageResult... stages) {
    return Headline.of(Results.of(stages));
  }

  @Test
  void of_pass_saysWhatAndHowMuchWasCompared() {
    Headline headline =
        of(Results.stage(StageName.FLOW, "=a", "=b"), Results.stage(StageName.HIFT, "=c"));
    assertThat(headline.sentence())
        .isEqualTo(
            "The native side computes what Python computes: 3 tensors of flow and hift compared,"
                + " and all agree within lawful rounding.");
    assertThat(headline.action()).isEmpty();
  }

  @Test
  void of_fail_namesTheModuleHowFarAndHowToRepeat() {
    Headline headline =
        of(Results.stage(StageName.FLOW, "=a", "!b"), Results.stage(StageName.HIFT, "!c"));
    assertThat(headline.sentence())
        .containsMatch(
            "b is the first that is wrong \\(stage flow\\): sigma \\S+ where 4 is lawful, \\d+ times"
                + " beyond lawful rounding. Wrong too: hift.");
    assertThat(headline.action().orElseThrow())
        .isEqualTo("./parity flow --model-dir MODEL_DIR --artifacts OUT_DIR");
    assertThat(of(Results.stage(StageName.FLOW, "!flow.b")).action().orElseThrow())
        .isEqualTo("./parity replay 'flow.b' --model-dir MODEL_DIR --artifacts OUT_DIR");
  }

  @Test
  void of_failOfWhatJoins_saysThatThePartsAreRight() {
    assertThat(of(Results.stage(StageName.FLOW, "=m.a", "!m")).sentence())
        .startsWith("What joins the parts of m is wrong; the parts are right (stage flow): sigma");
  }

  @Test
  void of_failOfIntegers_saysWhatDiffers() {
    assertThat(of(Results.stage(StageName.FLOW, "#tokens")).sentence())
        .contains("expected I32 [3], found I32 [3]");
  }

  @Test
  void of_candidate_callsItSo() {
    Map<String, String> made = Map.of(RunResult.CANDIDATE, "a folder");
    RunResult right = Results.of(Results.stage(StageName.FLOW, "=a"));
    RunResult wrong = Results.of(Results.stage(StageName.FLOW, "!a"));
    Headline passed =
        Headline.of(
            new RunResult(
                right.stages(),
                right.skips(),
                List.of(),
                right.exercised(),
                made,
                right.capture()));
    assertThat(passed.sentence())
        .startsWith("The candidate computes what Python computes: 1 tensor");
    Headline failed =
        Headline.of(
            new RunResult(
                wrong.stages(),
                wrong.skips(),
                List.of(),
                wrong.exercised(),
                made,
                wrong.capture()));
    assertThat(failed.action().orElseThrow()).endsWith(" --candidate CANDIDATE");
  }

  @Test
  void of_overridden_saysSoWhateverTheOutcomeAndRepeatsTheOptions() {
    List<Overridden> overridden =
        List.of(
            new Overridden("--force-model", "hift.pt is not the capture's"),
            new Overridden("--allow-skips", "the verdict takes no account of llm"));
    for (String tensor : new String[] {"=a", "!a", "?a", "0a"}) {
      Headline headline =
          Headline.of(Results.overridden(overridden, Results.stage(StageName.FLOW, tensor)));
      assertThat(headline.sentence())
          .endsWith(
              " Overridden: --force-model: hift.pt is not the capture's; --allow-skips: the verdict"
                  + " takes no account of llm.");
    }
    RunResult wrong = Results.overridden(overridden, Results.stage(StageName.FLOW, "!flow.a"));
    assertThat(Headline.of(wrong).action().orElseThrow())
        .isEqualTo(
            "./parity replay 'flow.a' --model-dir MODEL_DIR --artifacts OUT_DIR --force-model");
    assertThat(wrong.lastLine())
        .isEqualTo(
            "FAIL (exit 1) with --force-model: hift.pt is not the capture's; --allow-skips: the"
                + " verdict takes no account of llm");
  }

  @Test
  void of_mistrusted_namesTheControlThatStayedGreen() {
    Headline headline = of(Results.controlled(StageName.FLOW, false, "=a"));
    assertThat(headline.sentence())
        .isEqualTo(
            "No PASS of this run is to be believed: a fault that was put in on purpose was not"
                + " seen (flow: one weight nudged).");
    assertThat(headline.action()).isPresent();
    assertThat(of(Results.controlled(StageName.FLOW, true, "=a")).sentence())
        .startsWith("The native side computes");
  }

  @Test
  void of_missing_saysWhatAndWhatToDo() {
    Headline headline = of(Results.stage(StageName.FLOW, "=a", "?b", "@c"));
    assertThat(headline.sentence()).contains("flow lacks 2 tensors, first b (expected F32");
    assertThat(headline.action().orElseThrow()).contains("Capture again");
  }

  @Test
  void of_blockedSkippedVacuousAndNothing_eachSayWhy() {
    assertThat(
            of(new StageResult.Blocked(
                    StageName.LLM,
                    StageResult.Blocker.CAPTURE,
                    "no text",
                    Results.report(),
                    List.of()))
                .sentence())
        .contains("llm: the capture cannot be relied on: no text.");
    Headline failed =
        of(
            new StageResult.Blocked(
                StageName.LLM,
                StageResult.Blocker.CANDIDATE,
                "ended with exit code 5",
                Results.report(),
                List.of()));
    assertThat(failed.sentence()).contains("llm: the candidate failed: it ended with exit code 5.");
    assertThat(failed.action().orElseThrow()).contains("the candidate said");
    Headline skipped =
        of(
            Results.stage(StageName.FLOW, "=a"),
            new StageResult.SwitchedOff(StageName.HIFT, "SKIP_NATIVE_HIFT=1"));
    assertThat(skipped.sentence()).contains("hift was skipped by SKIP_NATIVE_HIFT=1.");
    assertThat(skipped.action().orElseThrow()).contains("--allow-skips");
    assertThat(of(Results.stage(StageName.FLOW, "0a")).sentence())
        .contains("flow: nothing in it proves anything.");
    Headline nothing = of(new StageResult.NotApplicable(StageName.LLM, "voice conversion"));
    assertThat(nothing.sentence()).isEqualTo("Nothing was compared, so nothing is shown.");
  }
}
