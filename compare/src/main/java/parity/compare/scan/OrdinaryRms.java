package parity.compare.scan;

/**
 * The scale of a floating tensor that a few elements cannot move: the root of the mean square of
 * its ordinary elements. Not ordinary, and left out, are
 *
 * <ul>
 *   <li>what stands apart: more than {@value #GAP} empty powers of two above all others, and either
 *       no more than half as many as those or all of nearly one magnitude (a spike, -1e10 or the
 *       type's minimum as a mask, such a mask with scores added to it);
 *   <li>the largest magnitude where it is there more than once (a mask near the other values, a
 *       saturated or clipped maximum);
 *   <li>what is then over four to eight times the median of those that are not zero.
 * </ul>
 */
final class OrdinaryRms {
  /** Powers of two that no element is in, between what stands apart and the others. */
  static final int GAP = 5;

  /** One of so many elements must be ordinary: fewer are what is left of others by rounding. */
  private static final int RAREST = 32;

  private final Magnitudes sizes;

  private OrdinaryRms(Magnitudes sizes) {
    this.sizes = sizes;
  }

  /** The scale of a tensor; 0 if no element is finite, or all are zero. */
  static double compute(Magnitudes sizes) {
    return sizes.highest() < 0 ? 0 : new OrdinaryRms(sizes).rms();
  }

  private double rms() {
    int top = sizes.highest();
    for (int below = belowGap(top); below >= 0 && isApart(below, top); below = belowGap(top)) {
      top = below;
    }
    int repeated = repeatedMaximum(top);
    double left = repeated == sizes.count(top) ? 0 : sizes.squares(top) - squares(top, repeated);
    int last = Math.min(top, median(top, repeated) + 2);
    double sum = 0;
    for (int binade = sizes.lowest(); binade <= last; binade++) {
      double squares = binade == top ? left : sizes.squares(binade);
      sum += Math.scalb(squares, 2 * (binade - last));
    }
    long count = sizes.count(sizes.lowest(), last) - (last == top ? repeated : 0);
    return Math.scalb(Math.sqrt(sum / (count + sizes.zeros())), sizes.exponent(last));
  }

  /** The highest occupied power of two up to this one; -1 if there is none. */
  private int occupiedUpTo(int binade) {
    while (binade >= sizes.lowest() && sizes.count(binade) == 0) {
      binade--;
    }
    return binade < sizes.lowest() ? -1 : binade;
  }

  /** The highest occupied power of two below the first gap under {@code top}; -1 without a gap. */
  private int belowGap(int top) {
    int binade = top;
    while (binade >= 0) {
      int next = occupiedUpTo(binade - 1);
      if (next >= 0 && binade - next > GAP) {
        return next;
      }
      binade = next;
    }
    return -1;
  }

  private boolean isApart(int below, int top) {
    int bottom = below + 1;
    while (sizes.count(bottom) == 0) {
      bottom++;
    }
    long above = sizes.count(bottom, top);
    long others = sizes.count(sizes.lowest(), below);
    boolean few = above <= others / 2;
    boolean alike = top - bottom <= 1 && isEnough(others, above);
    return few || alike;
  }

  /** How many elements are of the largest magnitude, if they are to be left out; else 0. */
  private int repeatedMaximum(int top) {
    int repeated = sizes.ofLargest(top);
    long others = sizes.count(sizes.lowest(), top) - repeated;
    return repeated > 1 && isEnough(others, repeated) ? repeated : 0;
  }

  private double squares(int top, int repeated) {
    return repeated * sizes.largestSquare(top);
  }

  private static boolean isEnough(long ordinary, long others) {
    return ordinary > 0 && ordinary >= others / RAREST;
  }

  /**
   * The power of two of the median.
   *
   * @param repeated elements of the highest power that are left out
   */
  private int median(int top, int repeated) {
    long half = Math.ceilDiv(sizes.count(sizes.lowest(), top) - repeated, 2);
    int binade = sizes.lowest();
    for (long seen = sizes.count(binade); seen < half; seen += sizes.count(binade)) {
      binade++;
    }
    return binade;
  }
}
