package parity.harness.result;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import parity.compare.verdict.Outcome;
import parity.compare.verdict.Skips;

/**
 * What came of a run.
 *
 * @param stages in the order in which they ran
 * @param overridden what a person set aside; every report says it
 * @param exercised what the capture exercises, and what it has to
 * @param provenance what made the result: versions, threads
 * @param capture what made the capture
 */
public record RunResult(
    List<StageResult> stages,
    Skips skips,
    List<Overridden> overridden,
    Exercised exercised,
    Map<String, String> provenance,
    Map<String, String> capture) {
  /** The fact of the provenance that a run of a candidate has, and no other. */
  public static final String CANDIDATE = "candidate";

  /** Who can be compared with Python. */
  public enum Side {
    JAVA("Java", "the native side"),
    CANDIDATE("Candidate", "the candidate");

    private final String caption;
    private final String phrase;

    Side(String caption, String phrase) {
      this.caption = caption;
      this.phrase = phrase;
    }

    /** As pictures are labelled. */
    public String caption() {
      return caption;
    }

    /** As sentences call it. */
    public String phrase() {
      return phrase;
    }
  }

  public RunResult {
    stages = List.copyOf(stages);
    overridden = List.copyOf(overridden);
  }

  /** What the run came to and what was set aside for it: a run's last line. */
  public String lastLine() {
    return "%s (exit %d)%s%s"
        .formatted(
            outcome(),
            outcome().exitCode(),
            scope(),
            overridden.isEmpty() ? "" : " with " + Overridden.phrase(overridden));
  }

  /** What the outcome is of, where a person declared that; it goes on after a sentence. */
  public String scope() {
    long outside = stages.stream().mapToLong(stage -> stage.outOfScope().size()).sum();
    long declared = stages.stream().mapToLong(stage -> stage.findings().size()).sum();
    return outside == 0
        ? ""
        : " of %d declared tensors; %d are out of scope".formatted(declared, outside);
  }

  /**
   * The options without which a command that looks closer would be refused or run otherwise, each
   * after a blank.
   */
  public String repeated() {
    return overridden.stream()
        .map(Overridden::option)
        .filter(option -> option.startsWith("--") && !option.equals("--allow-skips"))
        .map(option -> " " + option)
        .collect(Collectors.joining());
  }

  /** Who was compared with Python. */
  public Side side() {
    return provenance.containsKey(CANDIDATE) ? Side.CANDIDATE : Side.JAVA;
  }

  /**
   * What the run comes to: the gravest of its stages. It is never PASS where nothing was compared,
   * where a stage was switched off and nobody allowed that, or where the capture does not exercise
   * what is required.
   */
  public Outcome outcome() {
    boolean compared = stages.stream().anyMatch(stage -> !stage.findings().isEmpty());
    boolean open = stages.stream().anyMatch(stage -> stage.leavesOpen(skips));
    Outcome gravest = Outcome.combine(stages.stream().map(stage -> stage.outcome(skips)).toList());
    boolean lacking = !exercised.lacking().isEmpty();
    return gravest == Outcome.PASS && (open || !compared || lacking)
        ? Outcome.INCONCLUSIVE
        : gravest;
  }
}
