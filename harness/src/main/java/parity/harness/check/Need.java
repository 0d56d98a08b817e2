package parity.harness.check;

/** Who needs a file of a model folder. */
public enum Need {
  /** Nothing speaks without it. */
  REQUIRED,
  /** Upstream reads it, and nothing here does. */
  UPSTREAM,
  /** Read where a person asks for it. */
  OPTIONAL,
  /** Nobody: it is hashed, and that is all. */
  OTHER
}
