package parity.harness.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parity.compare.verdict.Control;
import parity.compare.verdict.Finding;
import parity.compare.verdict.Outcome;
import parity.compare.verdict.Status;
import parity.compare.verdict.Verdict;
import parity.harness.result.RunResult;
import parity.harness.result.StageResult;

/**
 * A test case, as CI servers know it.
 *
 * @param type of failure or error
 * @param message what happened
 */
record JunitCase(String name, Kind kind, String type, String message) {
  /** What came of it. */
  enum Kind {
    PASSED,
    FAILURE,
    ERROR,
    SKIPPED
  }

  /** The case of the whole run. */
  static JunitCase verdict(RunResult result) {
    Headline headline = Headline.of(result);
    String says = headline.sentence() + headline.action().map(action -> " " + action).orElse("");
    Kind kind =
        switch (result.outcome()) {
          case PASS -> Kind.PASSED;
          case FAIL -> Kind.FAILURE;
          case INCONCLUSIVE, MISTRUSTED, SKIPPED -> Kind.ERROR;
        };
    return new JunitCase("verdict", kind, result.outcome().name(), says);
  }

  /** The cases of a stage: itself where there is more to say, its tensors, its controls. */
  static List<JunitCase> cases(StageResult stage) {
    List<JunitCase> cases = new ArrayList<>();
    whole(stage).ifPresent(cases::add);
    stage.findings().forEach(finding -> cases.add(tensor(finding)));
    stage.controls().forEach(control -> cases.add(control(control)));
    return cases;
  }

  /** A fault that was put in on purpose: passed if it was seen. */
  private static JunitCase control(Control control) {
    Kind kind = control.seen() ? Kind.PASSED : Kind.ERROR;
    return new JunitCase(
        "control: " + control.fault(), kind, "Unseen", "not seen: " + control.says());
  }

  /** The case of the stage itself, where there is more to say than its tensors do. */
  private static Optional<JunitCase> whole(StageResult stage) {
    return switch (stage) {
      case StageResult.Compared compared ->
          compared.findings().isEmpty()
              ? Optional.of(new JunitCase("stage", Kind.ERROR, "Nothing", "nothing was compared"))
              : Optional.empty();
      case StageResult.Blocked blocked ->
          Optional.of(new JunitCase("stage", Kind.ERROR, "Blocked", blocked.says()));
      case StageResult.NotApplicable none ->
          Optional.of(
              new JunitCase(
                  "stage", Kind.SKIPPED, "NotApplicable", Outcome.SKIPPED + ": " + none.says()));
      case StageResult.NotJudged unjudged ->
          Optional.of(new JunitCase("stage", Kind.SKIPPED, "NotJudged", unjudged.says()));
      case StageResult.SwitchedOff off ->
          Optional.of(
              new JunitCase(
                  "stage", Kind.SKIPPED, "SwitchedOff", Outcome.SKIPPED + ": " + off.says()));
    };
  }

  private static JunitCase tensor(Finding finding) {
    Verdict telling = finding.telling();
    String type = telling.getClass().getSimpleName();
    Status status = finding.status();
    Kind kind =
        switch (status) {
          case PASS, VACUOUS -> Kind.PASSED;
          case FAIL, INHERITED -> Kind.FAILURE;
          case NOT_COMPARED, SKIPPED -> Kind.SKIPPED;
        };
    return new JunitCase(
        finding.name(),
        kind,
        status == Status.INHERITED ? "Inherited" : type,
        status + ": " + finding.says());
  }
}
