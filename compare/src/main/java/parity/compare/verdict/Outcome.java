package parity.compare.verdict;

import java.util.Collection;

/**
 * What a set of tensors, a stage or a whole run comes to. Logs, {@code report.json}, {@code
 * junit.xml} and the page all have these words.
 */
public enum Outcome {
  /** A stage that was not run; a run never comes to this. */
  SKIPPED(2),
  /** All that was expected was compared, and is within its limits. */
  PASS(0),
  /** Something expected was not compared. */
  INCONCLUSIVE(2),
  /** A control that must fail did not, so no PASS is to be believed. */
  MISTRUSTED(2),
  /** Something is beyond its limits. */
  FAIL(1);

  private final int exitCode;

  Outcome(int exitCode) {
    this.exitCode = exitCode;
  }

  /** Exit code of a process that ends with this. */
  public int exitCode() {
    return exitCode;
  }

  /**
   * The gravest of several: a FAIL is a fact whatever else was not compared, then MISTRUSTED, then
   * INCONCLUSIVE. What is SKIPPED counts for nothing, and nothing at all is INCONCLUSIVE.
   */
  public static Outcome combine(Collection<Outcome> parts) {
    return parts.stream()
        .filter(part -> part != SKIPPED)
        .max(Outcome::compareTo)
        .orElse(INCONCLUSIVE);
  }
}
