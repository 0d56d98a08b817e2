package parity.compare;

import java.util.List;
import java.util.Optional;

/**
 * What came of comparing a set of tensors.
 *
 * @param findings in the reference's execution order, then what was not expected, by name
 * @param first the first that is wrong on its own; the others are counted in {@code coverage}
 */
public record StageReport(
    List<Finding> findings, Coverage coverage, Optional<FirstDivergence> first) {
  public StageReport {
    findings = List.copyOf(findings);
  }

  /** How many tensors the candidate computed from the reference's own inputs too. */
  public long isolated() {
    return findings.stream().filter(finding -> finding.isolated().isPresent()).count();
  }

  /** What the set comes to. */
  public Outcome outcome(Skips skips) {
    return coverage.outcome(skips);
  }
}
