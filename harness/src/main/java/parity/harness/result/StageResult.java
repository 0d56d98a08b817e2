package parity.harness.result;

import java.util.List;
import java.util.Optional;
import parity.compare.verdict.Control;
import parity.compare.verdict.Coverage;
import parity.compare.verdict.Finding;
import parity.compare.verdict.FirstDivergence;
import parity.compare.verdict.Outcome;
import parity.compare.verdict.Skips;
import parity.compare.verdict.StageReport;

/** What came of one stage. */
public sealed interface StageResult {
  /** How a note begins that guesses what is the matter. */
  String HINT = "hint: ";

  /** How a note begins that tells of something that a person set to no effect. */
  String WARNING = "warning: ";

  /** Which stage. */
  StageName name();

  /** What the stage comes to. */
  Outcome outcome(Skips skips);

  /** Whether a run cannot pass because of this stage. */
  default boolean leavesOpen(Skips skips) {
    return switch (outcome(skips)) {
      case PASS, SKIPPED -> false;
      case INCONCLUSIVE, MISTRUSTED, FAIL -> true;
    };
  }

  /**
   * The first module or tensor in execution order that is wrong; none where nothing was compared.
   */
  default Optional<FirstDivergence> firstDivergence() {
    return Optional.empty();
  }

  /** The first divergence, if it is a module that can be run alone. */
  default Optional<String> replayed() {
    return firstDivergence()
        .map(FirstDivergence::module)
        .filter(module -> module.startsWith(name().label() + "."));
  }

  /** The command that looks at the first divergence alone; none for what is no module's. */
  default Optional<String> repeat() {
    return replayed().map(module -> "./parity replay '" + module + "'");
  }

  /** What was found out about each tensor, in execution order; none where nothing was compared. */
  default List<Finding> findings() {
    return List.of();
  }

  /** What a person looks at or listens to; none where nothing was compared. */
  default List<Exhibit> exhibits() {
    return List.of();
  }

  /** Faults that were put in on purpose, to see whether they are seen. */
  default List<Control> controls() {
    return List.of();
  }

  /** What a reader should know and what decides nothing. */
  default List<String> notes() {
    return List.of();
  }

  /** What the capture holds and a person left out of the comparison. */
  default List<String> outOfScope() {
    return List.of();
  }

  /** The same with one more note; the same where there is nothing to be noted of. */
  default StageResult noted(String note) {
    return this;
  }

  /** Why the outcome is what it is, in one sentence. */
  String says();

  /**
   * The native side ran, and was compared; or a candidate's tensors were.
   *
   * @param replayable whether a module can be looked at alone; a candidate's cannot
   */
  record Compared(StageName name, StageReport report, List<Exhibit> exhibits, boolean replayable)
      implements StageResult {
    public Compared {
      exhibits = List.copyOf(exhibits);
    }

    /** Of the native side. */
    public Compared(StageName name, StageReport report, List<Exhibit> exhibits) {
      this(name, report, exhibits, true);
    }

    @Override
    public Optional<String> replayed() {
      return replayable ? StageResult.super.replayed() : Optional.empty();
    }

    @Override
    public Outcome outcome(Skips skips) {
      return report.outcome(skips);
    }

    @Override
    public Optional<FirstDivergence> firstDivergence() {
      return report.first();
    }

    @Override
    public List<Finding> findings() {
      return report.findings();
    }

    @Override
    public List<Control> controls() {
      return report.controls();
    }

    @Override
    public List<String> notes() {
      return report.notes();
    }

    @Override
    public StageResult noted(String note) {
      return new Compared(name, report.noted(note), exhibits, replayable);
    }

    @Override
    public List<String> outOfScope() {
      return report.outOfScope();
    }

    @Override
    public String says() {
      Coverage coverage = report.coverage();
      return first(report) + coverage + scope(report) + unseen(report.controls());
    }
  }

  /** Who is in the way of a comparison. */
  enum Blocker {
    /** It does not hold what the stage needs, or not what it held when it was made. */
    CAPTURE("the capture cannot be relied on: "),

    /** It did not deliver. */
    CANDIDATE("the candidate failed: it ");

    private final String says;

    Blocker(String says) {
      this.says = says;
    }
  }

  /**
   * Capture or candidate are in the way of a comparison.
   *
   * @param reason of a capture, which tensor, what was found, what was expected; of a candidate,
   *     what it did
   * @param before verdicts on what could be compared all the same
   */
  record Blocked(
      StageName name, Blocker by, String reason, StageReport before, List<Exhibit> exhibits)
      implements StageResult {
    public Blocked {
      exhibits = List.copyOf(exhibits);
    }

    /** What is in the way, in one sentence. */
    public String why() {
      return by.says + reason;
    }

    @Override
    public Outcome outcome(Skips skips) {
      return Outcome.combine(List.of(Outcome.INCONCLUSIVE, before.outcome(skips)));
    }

    @Override
    public Optional<FirstDivergence> firstDivergence() {
      return before.first();
    }

    @Override
    public List<Finding> findings() {
      return before.findings();
    }

    @Override
    public List<Control> controls() {
      return before.controls();
    }

    @Override
    public List<String> notes() {
      return before.notes();
    }

    @Override
    public String says() {
      return StageResult.first(before) + why();
    }
  }

  /**
   * The capture is of an origin or a mode that has nothing of the stage, as the earlier harness and
   * voice conversion have nothing of the language model; so nothing of it is expected.
   */
  record NotApplicable(StageName name, String reason) implements StageResult {
    @Override
    public Outcome outcome(Skips skips) {
      return Outcome.SKIPPED;
    }

    @Override
    public String says() {
      return reason;
    }
  }

  /** An earlier stage is wrong, and nothing that this one found could be told from that. */
  record NotJudged(StageName name, StageName wrong) implements StageResult {
    @Override
    public Outcome outcome(Skips skips) {
      return Outcome.INCONCLUSIVE;
    }

    @Override
    public String says() {
      return "not judged: what is wrong in " + wrong + " is heard here";
    }
  }

  /** The person switched the stage off. */
  record SwitchedOff(StageName name, String by) implements StageResult {
    @Override
    public Outcome outcome(Skips skips) {
      return Outcome.SKIPPED;
    }

    @Override
    public boolean leavesOpen(Skips skips) {
      return skips == Skips.INCONCLUSIVE;
    }

    @Override
    public String says() {
      return "skipped by " + by;
    }
  }

  /** The first divergence, and beside it what could not be compared before. */
  private static String first(StageReport report) {
    return report
        .first()
        .map(first -> {
          long open = report.openBefore(first.module());
          return "first divergence: %s (%s)%s; "
              .formatted(
                  first.module(),
                  first.where(),
                  open == 0
                      ? ""
                      : "; before it %d %s not compared"
                          .formatted(open, open == 1 ? "was" : "were"));
        })
        .orElse("");
  }

  private static String scope(StageReport report) {
    return report.outOfScope().isEmpty()
        ? ""
        : "; of %d declared, %d out of scope"
            .formatted(report.findings().size(), report.outOfScope().size());
  }

  private static String unseen(List<Control> controls) {
    long unseen = controls.stream().filter(control -> !control.seen()).count();
    return unseen == 0
        ? ""
        : "; "
            + unseen
            + " of "
            + controls.size()
            + " controls not seen, so no PASS is to be believed";
  }
}
