package parity.harness.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parity.compare.verdict.Control;
import parity.compare.verdict.Coverage;
import parity.compare.verdict.Finding;
import parity.compare.verdict.Status;
import parity.harness.report.BriefLines;
import parity.harness.report.Headline;
import parity.harness.report.Severity;
import parity.harness.report.Words;
import parity.harness.result.Exercised;
import parity.harness.result.RunResult;
import parity.harness.result.StageResult;

/**
 * All that the templates put into the page.
 *
 * @param verdict of the run
 * @param headline what the run came to, in words
 * @param hints what may be the matter with the first divergence
 * @param wrong what is wrong or was not compared, as far as a page shows it at once; what has only
 *     inherited an error is left to the table
 * @param more how many others are not right, in words; empty if there are none
 * @param overridden what a person set aside: option, and what is otherwise because of it
 * @param exercised what the capture exercises of what upstream can do
 * @param made what made the run
 * @param capture what made the capture
 * @param data the table's rows, as JSON
 */
public record Page(
    String verdict,
    Headline headline,
    List<Stage> stages,
    List<String> hints,
    List<Wrong> wrong,
    Optional<String> more,
    Map<String, String> overridden,
    Exercised exercised,
    Map<String, String> made,
    Map<String, String> capture,
    String style,
    String script,
    String data) {
  /** So many wrong tensors are listed above the table. */
  private static final int LISTED = 10;

  /**
   * A stage.
   *
   * @param counts how many tensors of each status, in the order of {@link #STATUSES}
   * @param alone how many of them were computed from the reference's own inputs too
   * @param first the first divergence, or why there is nothing to compare
   * @param diverges whether there is a first divergence
   * @param controls faults that were put in on purpose
   * @param notes what decides nothing
   * @param outputs what to look at and to listen to
   * @param places where errors are
   */
  public record Stage(
      String name,
      String verdict,
      List<Long> counts,
      long alone,
      String first,
      boolean diverges,
      List<Control> controls,
      List<String> notes,
      List<View> outputs,
      List<View> places) {
    /** How many tensors the stage has. */
    public long total() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * A module that is not right, or a tensor of none.
   *
   * @param name of its first call that is not
   * @param calls how many of its calls are not
   */
  public record Wrong(String stage, String status, String name, String says, int calls) {
    /** The calls but the first, in words; empty if there are no others. */
    public String others() {
      return calls == 1 ? "" : "and " + Words.count(calls - 1, "other call") + " of it";
    }
  }

  /** The columns of the coverage. */
  public static final List<Status> STATUSES = List.of(Status.values());

  static Page of(RunResult result) {
    List<Wrong> wrong =
        result.stages().stream()
            .flatMap(stage ->
                BriefLines.byModule(stage.findings().stream().filter(Page::isWrong).toList())
                    .values()
                    .stream()
                    .map(calls -> wrong(stage, calls)))
            .toList();
    long unlisted = wrong.stream().skip(LISTED).mapToLong(Wrong::calls).sum();
    return new Page(
        result.outcome().name(),
        Headline.of(result),
        result.stages().stream().map(stage -> stage(stage, result)).toList(),
        hints(result),
        wrong.stream().limit(LISTED).toList(),
        more(result, unlisted),
        overridden(result),
        result.exercised(),
        new TreeMap<>(result.provenance()),
        new TreeMap<>(result.capture()),
        Assets.style(),
        Assets.script(),
        TensorRows.of(result.stages()));
  }

  private static Map<String, String> overridden(RunResult result) {
    Map<String, String> facts = new LinkedHashMap<>();
    result.overridden().forEach(each -> facts.put(each.option(), each.says()));
    return facts;
  }

  /** The sign of a verdict or a status, which tells it without its colour. */
  public static String sign(String name) {
    return switch (name) {
      case "PASS", "seen" -> "✓";
      case "FAIL" -> "✕";
      case "MISTRUSTED", "unseen" -> "!";
      case "INHERITED" -> "↳";
      case "VACUOUS" -> "∅";
      case "SKIPPED" -> "–";
      default -> "?";
    };
  }

  /** All tensors of all stages. */
  public String tensors() {
    return Words.count(stages.stream().mapToLong(Stage::total).sum(), "tensor");
  }

  /** What the stages guess, as the terminal says it too; notes are without it. */
  private static List<String> hints(RunResult result) {
    return result.stages().stream()
        .flatMap(stage -> stage.notes().stream())
        .filter(note -> note.startsWith(StageResult.HINT))
        .map(note -> note.substring(StageResult.HINT.length()))
        .distinct()
        .toList();
  }

  private static boolean isWrong(Finding finding) {
    return finding.status() == Status.FAIL || !finding.status().isCompared();
  }

  private static Optional<String> more(RunResult result, long wrong) {
    long inherited =
        result.stages().stream()
            .flatMap(stage -> stage.findings().stream())
            .filter(finding -> finding.status() == Status.INHERITED)
            .count();
    if (wrong + inherited == 0) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    if (wrong > 0) {
      parts.add(Words.number(wrong) + " more that are wrong or were not compared");
    }
    if (inherited > 0) {
      parts.add(Words.number(inherited) + " that only inherited an error from before them");
    }
    return Optional.of("In the table below: " + Words.list(parts) + ".");
  }

  private static Wrong wrong(StageResult stage, List<Finding> calls) {
    Finding first = calls.getFirst();
    return new Wrong(
        stage.name().label(),
        first.status().name(),
        first.name(),
        Severity.phrase(first.telling()),
        calls.size());
  }

  private static Stage stage(StageResult stage, RunResult result) {
    Optional<Coverage> coverage =
        switch (stage) {
          case StageResult.Compared compared -> Optional.of(compared.report().coverage());
          case StageResult.Blocked blocked -> Optional.of(blocked.before().coverage());
          case StageResult.NotApplicable none -> Optional.empty();
          case StageResult.NotJudged unjudged -> Optional.empty();
          case StageResult.SwitchedOff off -> Optional.empty();
        };
    String side = result.side().caption();
    List<View> views = stage.exhibits().stream().map(exhibit -> Views.of(exhibit, side)).toList();
    return new Stage(
        stage.name().label(),
        stage.outcome(result.skips()).name(),
        STATUSES.stream()
            .map(status -> coverage.map(counted -> counted.count(status)).orElse(0L))
            .toList(),
        stage.findings().stream().filter(finding -> finding.isolated().isPresent()).count(),
        first(stage),
        stage.firstDivergence().isPresent(),
        stage.controls(),
        stage.notes().stream().filter(note -> !note.startsWith(StageResult.HINT)).toList(),
        views.stream().filter(view -> !(view instanceof View.Heat)).toList(),
        views.stream().filter(View.Heat.class::isInstance).toList());
  }

  private static String first(StageResult stage) {
    String first =
        stage
            .firstDivergence()
            .map(divergence -> divergence.module() + " (" + divergence.where() + ")")
            .orElse("");
    return switch (stage) {
      case StageResult.Compared compared -> first;
      case StageResult.Blocked blocked -> first.isEmpty() ? blocked.why() : first;
      case StageResult.NotApplicable none -> none.reason();
      case StageResult.NotJudged unjudged -> unjudged.says();
      case StageResult.SwitchedOff off -> off.says();
    };
  }
}
