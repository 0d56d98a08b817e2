package parity.compare.verdict;

/** Whether a set with something skipped can pass. */
public enum Skips {
  /** It is inconclusive. */
  INCONCLUSIVE,
  /** The person who skipped says that it may. */
  ALLOWED
}
