package parity.harness.port;

/** How much of a stage is done. */
public enum Scope {
  /** The stage is run, and compared. */
  WHOLE,
  /** Each module is run on the reference's own inputs too. */
  MODULES,
  /** And the untapped graph is run, modules are run twice, and controls judged. */
  ALL;

  /** Whether so much is done, or more. */
  public boolean includes(Scope other) {
    return compareTo(other) >= 0;
  }
}
