package parity.compare.verdict;

/**
 * What a verdict on one tensor means for the set it belongs to. Logs, {@code report.json}, {@code
 * junit.xml} and the page all have these words.
 */
public enum Status {
  /** Compared, and within its limits. */
  PASS,
  /** Within its limits, but constant, empty or all zero in the reference: proves nothing. */
  VACUOUS,
  /** Compared, and beyond a limit. */
  FAIL,
  /** Beyond a limit, but not when it is given the reference's own inputs: passes an error on. */
  INHERITED,
  /** Expected and not compared, or not expected, so the set cannot pass. */
  NOT_COMPARED,
  /** Left out on purpose. */
  SKIPPED;

  /** Whether the tensor was held against its limits. */
  public boolean isCompared() {
    return switch (this) {
      case PASS, VACUOUS, FAIL, INHERITED -> true;
      case NOT_COMPARED, SKIPPED -> false;
    };
  }

  /** Whether the tensor is within its limits, whatever that proves. */
  public boolean isWithinLimits() {
    return this == PASS || this == VACUOUS;
  }
}
