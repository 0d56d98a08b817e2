package parity.harness.report;

import static com.google.common.truth.Truth.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import parity.harness.result.Overridden;
import parity.harness.result.RunResult;
import parity.harness.result.StageName;
import parity.harness.result.StageResult;

class ReportSchemaTest {
  @Test
  void errors_everyKindOfVerdictAndStage_none() {
    RunResult result =
        Results.of(
            new StageResult.SwitchedOff(StageName.FRONTEND, "SKIP_NATIVE_FRONTEND=1"),
            new StageResult.NotApplicable(StageName.LLM, "voice conversion"),
            Results.stage(
                StageName.FLOW, "=a", "Fb", "!c", "0d", "#e", "Nf", "@g", "?h", "-i", "^j", "*k"),
            Results.controlled(StageName.FLOW, false, "=a"),
            new StageResult.Blocked(
                StageName.HIFT,
                StageResult.Blocker.CAPTURE,
                "no mel",
                Results.report("=a"),
                List.of()));
    assertThat(ReportSchema.errors(ReportJson.text(result))).isEmpty();
  }

  @Test
  void errors_aRunThatIsSkipped_isNamedAndAStageIsNot() {
    String report =
        ReportJson.text(
            Results.of(
                Results.stage(StageName.FLOW, "=a"),
                new StageResult.NotApplicable(StageName.LLM, "voice conversion")));
    assertThat(report).contains("\"verdict\" : \"SKIPPED\"");
    assertThat(ReportSchema.errors(report)).isEmpty();
    String run = report.replaceFirst("\"PASS\"", "\"SKIPPED\"");
    assertThat(ReportSchema.errors(run).toString()).contains("/verdict");
  }

  /** More stages will come. */
  @Test
  void errors_aStageOfAnotherName_isNone() {
    String report = ReportJson.text(Results.of(Results.stage(StageName.FLOW, "=a")));
    assertThat(
            ReportSchema.errors(report.replace("\"name\" : \"flow\"", "\"name\" : \"vocoder_2\"")))
        .isEmpty();
    assertThat(
            ReportSchema.errors(report.replace("\"name\" : \"flow\"", "\"name\" : \"Flow!\""))
                .toString())
        .contains("/name");
  }

  @Test
  void errors_overridden_standsThereAndIsRequired() {
    List<Overridden> overridden = List.of(new Overridden("--n-timesteps 1", "upstream's is 10"));
    String report =
        ReportJson.text(Results.overridden(overridden, Results.stage(StageName.FLOW, "=a")));
    assertThat(report).contains("\"option\" : \"--n-timesteps 1\"");
    assertThat(ReportSchema.errors(report)).isEmpty();
    assertThat(ReportSchema.errors(report.replace("\"overrides\"", "\"over\"")).toString())
        .contains("overrides");
  }

  @Test
  void errors_anotherVerdictOrNone_areNamed() {
    String report = ReportJson.text(Results.of(Results.stage(StageName.FLOW, "=a")));
    assertThat(ReportSchema.errors(report)).isEmpty();
    assertThat(ReportSchema.errors(report.replace("\"PASS\"", "\"OK\"")).toString())
        .contains("/verdict");
    assertThat(ReportSchema.errors(report.replace("\"mean_abs\"", "\"mean\"")).toString())
        .contains("mean");
    assertThat(ReportSchema.errors("{}").toString()).contains("verdict");
    assertThat(ReportSchema.errors(report.replace("\"schema\" : 2", "\"schema\" : 1")).toString())
        .contains("/schema");
    assertThat(ReportSchema.errors(report.replace("\"schema\" : 2,", "")).toString())
        .contains("schema");
    assertThat(ReportSchema.errors(report.replace("\"first_divergence\"", "\"first\"")).toString())
        .contains("first_divergence");
  }
}
