package parity.compare.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of comparing a set of tensors.
 *
 * @param findings in the reference's execution order, then what was not expected, by name
 * @param first the first that is wrong on its own; the others are counted in {@code coverage}
 * @param controls faults that were put in on purpose
 * @param notes what a reader should know and what decides nothing
 * @param outOfScope names of what the reference has and a person left out, in execution order
 */
public record StageReport(
    List<Finding> findings,
    Coverage coverage,
    Optional<FirstDivergence> first,
    List<Control> controls,
    List<String> notes,
    List<String> outOfScope) {
  public StageReport {
    findings = List.copyOf(findings);
    controls = List.copyOf(controls);
    notes = List.copyOf(notes);
    outOfScope = List.copyOf(outOfScope);
  }

  /**
   * Says what has inherited an error, what diverges first, and how much was compared.
   *
   * @param expected of what the reference has, in execution order
   * @param unexpected of what it does not have, by name
   */
  public static StageReport judge(
      List<Finding> expected,
      List<Finding> unexpected,
      List<Control> controls,
      List<String> notes,
      List<String> outOfScope) {
    List<Finding> judged = Divergence.inherited(expected);
    List<Finding> all = new ArrayList<>(judged);
    all.addAll(unexpected);
    return new StageReport(
        all, Coverage.of(all), Divergence.first(judged), controls, notes, outOfScope);
  }

  /** The same with one more note. */
  public StageReport noted(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new StageReport(findings, coverage, first, controls, more, outOfScope);
  }

  /** How many tensors the candidate computed from the reference's own inputs too. */
  public long isolated() {
    return findings.stream().filter(finding -> finding.isolated().isPresent()).count();
  }

  /** How many tensors were given, and could not be compared, before one in execution order. */
  public long openBefore(String name) {
    return findings.stream()
        .takeWhile(finding -> !finding.name().equals(name))
        .map(Finding::telling)
        .filter(verdict ->
            verdict instanceof Verdict.ShapeDiffers || verdict instanceof Verdict.DtypeDiffers)
        .count();
  }

  /** What the set comes to. */
  public Outcome outcome(Skips skips) {
    boolean blind = controls.stream().anyMatch(control -> !control.seen());
    Outcome outcome = coverage.outcome(skips);
    return blind ? Outcome.combine(List.of(outcome, Outcome.MISTRUSTED)) : outcome;
  }
}
