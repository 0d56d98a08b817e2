package parity.compare.scan;

/**
 * Work on a pair of tensors that is cut into blocks. Any thread may do any block, in any order;
 * what comes of it is the same.
 */
public sealed interface Blockwise permits PairScan, ElementScan, IntegerScan {
  /**
   * Elements of a block: half a millisecond's work, and as many for any number of threads, so that
   * sums are always made of the same parts.
   */
  int BLOCK = 1 << 19;

  /** How many blocks a tensor of so many elements is cut into. */
  static int blocks(long elements) {
    return Math.toIntExact(Math.ceilDiv(elements, (long) BLOCK));
  }

  /** How many blocks there are. */
  int blocks();

  /** Looks at one block. */
  void look(int block, PairLanes lanes);
}
