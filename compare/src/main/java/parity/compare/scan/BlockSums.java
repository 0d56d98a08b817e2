package parity.compare.scan;

/**
 * What one block of a pair of tensors comes to. Places that are not finite on both sides are
 * counted, and left out of everything else.
 *
 * @param finite elements that are finite on both sides
 * @param maxAbs largest absolute difference; -1 where no element is finite on both sides
 * @param maxFrom a place at or up to {@link PairLanes#RUN} elements before which that is first
 * @param constant whether each expected element is the first of the tensor
 * @param nonFiniteAt first place that is NaN or infinite on one side and something else on the
 *     other; -1 if there is none
 */
record BlockSums(
    long finite,
    Sums sums,
    Scaled maxAbs,
    long maxFrom,
    boolean constant,
    NonFiniteCount expectedNonFinite,
    NonFiniteCount actualNonFinite,
    long nonFiniteAt) {
  static final Scaled NO_DIFFERENCE = Scaled.of(-1);

  static final BlockSums NONE =
      new BlockSums(
          0, Sums.NONE, NO_DIFFERENCE, 0, true, NonFiniteCount.NONE, NonFiniteCount.NONE, -1);

  /**
   * Sums over elements.
   *
   * @param l1 of absolute differences
   * @param diffSquares of their squares
   * @param expectedSquares of squares of the expected elements
   * @param actualSquares of squares of the actual elements
   * @param products of expected and actual elements
   */
  record Sums(
      Scaled l1,
      Scaled diffSquares,
      Scaled expectedSquares,
      Scaled actualSquares,
      Scaled products) {
    static final Sums NONE =
        new Sums(Scaled.ZERO, Scaled.ZERO, Scaled.ZERO, Scaled.ZERO, Scaled.ZERO);

    /** Sums that a double holds. */
    static Sums of(
        double l1,
        double diffSquares,
        double expectedSquares,
        double actualSquares,
        double products) {
      return new Sums(
          Scaled.of(l1),
          Scaled.of(diffSquares),
          Scaled.of(expectedSquares),
          Scaled.of(actualSquares),
          Scaled.of(products));
    }

    Sums and(Sums after) {
      return new Sums(
          l1.plus(after.l1),
          diffSquares.plus(after.diffSquares),
          expectedSquares.plus(after.expectedSquares),
          actualSquares.plus(after.actualSquares),
          products.plus(after.products));
    }
  }

  /** Both together; the other's places come after this one's. */
  BlockSums and(BlockSums after) {
    boolean later = after.maxAbs.compareTo(maxAbs) > 0;
    return new BlockSums(
        finite + after.finite,
        sums.and(after.sums),
        later ? after.maxAbs : maxAbs,
        later ? after.maxFrom : maxFrom,
        constant && after.constant,
        expectedNonFinite.and(after.expectedNonFinite),
        actualNonFinite.and(after.actualNonFinite),
        nonFiniteAt >= 0 ? nonFiniteAt : after.nonFiniteAt);
  }
}
