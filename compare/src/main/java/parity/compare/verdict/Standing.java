package parity.compare.verdict;

/** What a verdict on one tensor means for the set it belongs to. */
public enum Standing {
  /** Compared, and right. */
  GREEN,
  /** Right, but constant, empty or all zero in the reference: proves nothing. */
  VACUOUS,
  /** Compared, and wrong. */
  RED,
  /** Wrong, but right when it is given the reference's own inputs: passes an error on. */
  INHERITED,
  /** Not compared, so the set cannot pass. */
  OPEN
}
