package parity.compare;

/** What a verdict on one tensor means for the set it belongs to. */
public enum Standing {
  /** Compared, and right. */
  GREEN,
  /** Right bit by bit, but constant, empty or all zero: proves nothing. */
  VACUOUS,
  /** Compared, and wrong. */
  RED,
  /** Wrong, but right when it is given the reference's own inputs: passes an error on. */
  INHERITED,
  /** Not compared, so the set cannot pass. */
  OPEN
}
