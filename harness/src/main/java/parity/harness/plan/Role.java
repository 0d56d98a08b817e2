package parity.harness.plan;

/** What an expected tensor is to its stage, which decides who is asked for it. */
public enum Role {
  /** What can be told without running a part of the model: from a seed, a schedule, a filter. */
  GIVEN,

  /** What a module returns in the run as a whole. */
  MODULE,

  /** What is looked at alone, and is no result: what a module is given that no module returned. */
  ALONE,

  /** A result of the stage. */
  OUTPUT,

  /** What a module returns when the decoder speaks from the reference's own source. */
  AGAIN,

  /** A result with nobody watching, or drawn freely: the run that synthesis makes. */
  UNWATCHED
}
