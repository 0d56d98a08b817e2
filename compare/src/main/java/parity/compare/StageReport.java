package parity.compare;

import java.util.List;
import java.util.Optional;

/**
 * What came of comparing a set of tensors.
 *
 * @param verdicts in the reference's execution order, then what was not expected, by name
 * @param first the first red one; the others are counted in {@code coverage}
 */
public record StageReport(
    List<Verdict> verdicts, Coverage coverage, Optional<FirstDivergence> first) {
  public StageReport {
    verdicts = List.copyOf(verdicts);
  }

  /** What the set comes to. */
  public Outcome outcome(Skips skips) {
    return coverage.outcome(skips);
  }
}
