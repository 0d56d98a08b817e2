package parity.harness.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import parity.compare.verdict.Finding;
import parity.compare.verdict.FirstDivergence;
import parity.compare.verdict.Status;
import parity.harness.result.Overridden;
import parity.harness.result.RunResult;
import parity.harness.result.StageResult;

/**
 * What a run came to, in words that a person can act on.
 *
 * @param sentence what is right, what is wrong, or what is missing
 * @param action what to do next; empty where there is nothing to do
 */
public record Headline(String sentence, Optional<String> action) {
  /** The headline of a run. */
  public static Headline of(RunResult result) {
    Headline headline =
        switch (result.outcome()) {
          case PASS -> new Headline(passed(result), Optional.empty());
          case FAIL -> failed(result);
          case INCONCLUSIVE, SKIPPED -> inconclusive(result);
          case MISTRUSTED -> mistrusted(result);
        };
    return result.overridden().isEmpty()
        ? headline
        : new Headline(
            "%s Overridden: %s."
                .formatted(headline.sentence, Overridden.phrase(result.overridden())),
            headline.action);
  }

  private static String passed(RunResult result) {
    List<StageResult> compared =
        result.stages().stream().filter(stage -> !stage.findings().isEmpty()).toList();
    long tensors = compared.stream().mapToLong(stage -> stage.findings().size()).sum();
    String side = result.side().phrase();
    return "%s%s computes what Python computes: %s of %s compared, and all agree within lawful rounding.%s"
        .formatted(
            side.substring(0, 1).toUpperCase(Locale.ROOT),
            side.substring(1),
            Words.count(tensors, "tensor"),
            Words.list(names(compared)),
            result.scope().isEmpty() ? "" : " That is" + result.scope() + ".");
  }

  private static Headline failed(RunResult result) {
    List<StageResult> wrong =
        result.stages().stream().filter(stage -> stage.firstDivergence().isPresent()).toList();
    StageResult stage = wrong.getFirst();
    FirstDivergence first = stage.firstDivergence().orElseThrow();
    String what =
        switch (first.where()) {
          case MODULE ->
              "%s is %s"
                  .formatted(
                      first.module(),
                      ranAlone(stage, first.module())
                          ? "wrong on its own"
                          : "the first that is wrong");
          case GLUE ->
              "What joins the parts of %s is wrong; the parts are right".formatted(first.module());
        };
    String beyond =
        wrong(stage, first.module())
            .map(finding -> ": " + Severity.phrase(finding.telling()))
            .orElse("");
    String others =
        wrong.size() == 1
            ? ""
            : " Wrong too: %s.".formatted(Words.list(names(wrong.subList(1, wrong.size()))));
    return new Headline(
        "%s (stage %s)%s.%s".formatted(what, stage.name(), beyond, others),
        Optional.of(
            stage.repeat().orElse("./parity " + stage.name().verb())
                + " --model-dir MODEL_DIR --artifacts OUT_DIR"
                + (result.side() == RunResult.Side.CANDIDATE ? " --candidate CANDIDATE" : "")
                + result.repeated()));
  }

  /** Whether it was computed from Python's own inputs too, as a candidate's modules are not. */
  private static boolean ranAlone(StageResult stage, String module) {
    return stage.findings().stream()
        .anyMatch(finding -> finding.name().equals(module) && finding.isolated().isPresent());
  }

  /** Of the module itself; where what joins its parts is wrong, the first that shows it. */
  private static Optional<Finding> wrong(StageResult stage, String module) {
    List<Finding> wrong =
        stage.findings().stream().filter(finding -> finding.status() == Status.FAIL).toList();
    return wrong.stream()
        .filter(finding -> finding.name().equals(module))
        .findFirst()
        .or(() -> wrong.stream().findFirst());
  }

  private static Headline mistrusted(RunResult result) {
    String unseen =
        result.stages().stream()
            .flatMap(stage ->
                stage.controls().stream()
                    .filter(control -> !control.seen())
                    .map(control -> "%s: %s".formatted(stage.name(), control.fault())))
            .collect(Collectors.joining("; "));
    return new Headline(
        "No PASS of this run is to be believed: a fault that was put in on purpose was not seen"
            + " (%s).".formatted(unseen),
        Optional.of(
            "See in the stage's log how far the comparison looked; a capture with more taps or"
                + " another utterance may show it (./parity capture --taps all)."));
  }

  private static Headline inconclusive(RunResult result) {
    List<StageResult> open =
        result.stages().stream().filter(stage -> stage.leavesOpen(result.skips())).toList();
    if (open.isEmpty() && !result.exercised().lacking().isEmpty()) {
      return new Headline(
          "Nothing that was compared is wrong, but the capture does not exercise what is required: %s."
              .formatted(String.join(", ", result.exercised().lacking())),
          Optional.of(
              "Give a capture that does (./parity regimes says how to get one), or another"
                  + " --require-regimes."));
    }
    if (open.isEmpty()) {
      return new Headline(
          "Nothing was compared, so nothing is shown.",
          Optional.of("Choose a stage that the capture holds, or capture again."));
    }
    String missing = open.stream().map(Headline::missing).collect(Collectors.joining(" "));
    return new Headline(
        "Nothing that was compared is wrong, but not all of it could be: " + missing,
        Optional.of(remedy(open.getFirst(), result.side())));
  }

  private static String missing(StageResult stage) {
    List<Finding> open =
        stage.findings().stream().filter(finding -> !finding.status().isCompared()).toList();
    return switch (stage) {
      case StageResult.Blocked blocked -> "%s: %s.".formatted(stage.name(), blocked.why());
      case StageResult.SwitchedOff off -> "%s was %s.".formatted(stage.name(), off.says());
      case StageResult.NotJudged unjudged -> "%s: %s.".formatted(stage.name(), unjudged.says());
      case StageResult.NotApplicable none -> "%s: %s.".formatted(stage.name(), none.reason());
      case StageResult.Compared c when open.isEmpty() ->
          "%s: nothing in it proves anything.".formatted(stage.name());
      case StageResult.Compared c ->
          "%s lacks %s, first %s (%s)."
              .formatted(
                  stage.name(),
                  Words.count(open.size(), "tensor"),
                  open.getFirst().name(),
                  open.getFirst().says());
    };
  }

  private static String remedy(StageResult stage, RunResult.Side side) {
    return switch (stage) {
      case StageResult.SwitchedOff off ->
          "Run it without the skip, or allow it with --allow-skips.";
      case StageResult.Blocked(var _, StageResult.Blocker by, var _, var _, var _)
          when by == StageResult.Blocker.CANDIDATE ->
          "The stage's log has the last lines that the candidate said.";
      case StageResult.Compared c when side == RunResult.Side.CANDIDATE ->
          "Let the candidate write what is missing (./parity expect lists what is asked for), or"
              + " say what it is called there (--names).";
      default ->
          "Capture again (./parity capture), or restore what the capture held, and run again.";
    };
  }

  private static List<String> names(List<StageResult> stages) {
    return stages.stream().map(stage -> stage.name().label()).toList();
  }
}
