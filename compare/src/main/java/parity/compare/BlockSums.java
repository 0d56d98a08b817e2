package parity.compare;

/**
 * What one block of a pair of tensors comes to. Places that are not finite on both sides are
 * counted, and left out of everything else.
 *
 * @param finite elements that are finite on both sides
 * @param maxAbs largest absolute difference; 0 or less where none is finite
 * @param maxFrom a place at or up to {@link PairLanes#RUN} elements before which that is first
 * @param constant whether each expected element is the first of the tensor
 * @param nonFiniteAt first place that is NaN or infinite on one side and something else on the
 *     other; -1 if there is none
 */
record BlockSums(
    long finite,
    double l1,
    double diffSquares,
    double expectedSquares,
    double actualSquares,
    double products,
    double maxAbs,
    long maxFrom,
    boolean constant,
    NonFiniteCount expectedNonFinite,
    NonFiniteCount actualNonFinite,
    long nonFiniteAt) {
  static final BlockSums NONE =
      new BlockSums(0, 0, 0, 0, 0, 0, -1, 0, true, NonFiniteCount.NONE, NonFiniteCount.NONE, -1);

  /** Both together; the other's places come after this one's. */
  BlockSums and(BlockSums after) {
    boolean later = after.maxAbs > maxAbs;
    return new BlockSums(
        finite + after.finite,
        l1 + after.l1,
        diffSquares + after.diffSquares,
        expectedSquares + after.expectedSquares,
        actualSquares + after.actualSquares,
        products + after.products,
        later ? after.maxAbs : maxAbs,
        later ? after.maxFrom : maxFrom,
        constant && after.constant,
        expectedNonFinite.and(after.expectedNonFinite),
        actualNonFinite.and(after.actualNonFinite),
        nonFiniteAt >= 0 ? nonFiniteAt : after.nonFiniteAt);
  }
}
