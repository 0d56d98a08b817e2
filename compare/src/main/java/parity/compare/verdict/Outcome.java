package parity.compare.verdict;

import java.util.Collection;

/** What a set of tensors, a stage or a whole run comes to. */
public enum Outcome {
  /** All that was expected was compared, and is right. */
  PASS(0),
  /** Something expected was not compared. */
  INCONCLUSIVE(2),
  /** A control that must fail did not, so no green is to be believed. */
  MISTRUSTED(2),
  /** Something is wrong. */
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
   * INCONCLUSIVE. Nothing at all is INCONCLUSIVE.
   */
  public static Outcome combine(Collection<Outcome> parts) {
    return parts.stream().max(Outcome::compareTo).orElse(INCONCLUSIVE);
  }
}
