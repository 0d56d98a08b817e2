package parity.compare.scan;

import parity.compare.view.TensorView;
import parity.compare.view.Widen;

/**
 * What {@link PairLanes} computes of a block, for numbers that are not all finite, or whose squares
 * are beyond the range of a double: each sum is of numbers divided by the largest of their kind. In
 * two passes, and one element at a time.
 */
final class CarefulSums {
  private final TensorView expected;
  private final TensorView actual;
  private final long from;
  private final long to;
  private final double first;
  private final Widen widen;
  private final double[] r = new double[Widen.CHUNK];
  private final double[] c = new double[Widen.CHUNK];

  private long finite;
  private boolean constant = true;
  private double expectedMax;
  private double actualMax;
  private Scaled maxAbs = BlockSums.NO_DIFFERENCE;
  private long maxAt;
  private NonFiniteCount expectedNonFinite = NonFiniteCount.NONE;
  private NonFiniteCount actualNonFinite = NonFiniteCount.NONE;
  private long nonFiniteAt = -1;

  /** Elements {@code from} to {@code to}; the rest as {@link PairLanes#block} has it. */
  CarefulSums(
      TensorView expected, TensorView actual, long from, long to, double first, Widen widen) {
    this.expected = expected;
    this.actual = actual;
    this.from = from;
    this.to = to;
    this.first = first;
    this.widen = widen;
  }

  BlockSums block() {
    forEach(this::look);
    Sums sums = new Sums();
    forEach(sums::add);
    return new BlockSums(
        finite,
        sums.scaled(),
        maxAbs,
        maxAt,
        constant,
        expectedNonFinite,
        actualNonFinite,
        nonFiniteAt);
  }

  private interface Visitor {
    void visit(long at, double expected, double actual);
  }

  private void forEach(Visitor visitor) {
    for (long at = from; at < to; at += Widen.CHUNK) {
      int count = (int) Math.min(Widen.CHUNK, to - at);
      expected.into(at, r, count, widen);
      actual.into(at, c, count, widen);
      for (int i = 0; i < count; i++) {
        visitor.visit(at + i, r[i], c[i]);
      }
    }
  }

  private void look(long at, double expected, double actual) {
    constant = constant && expected == first;
    if (!Double.isFinite(expected) || !Double.isFinite(actual)) {
      expectedNonFinite = expectedNonFinite.with(expected);
      actualNonFinite = actualNonFinite.with(actual);
      if (nonFiniteAt < 0 && Double.doubleToLongBits(expected) != Double.doubleToLongBits(actual)) {
        nonFiniteAt = at;
      }
      return;
    }
    finite++;
    expectedMax = Math.max(expectedMax, Math.abs(expected));
    actualMax = Math.max(actualMax, Math.abs(actual));
    Scaled difference = Scaled.distance(expected, actual);
    if (difference.compareTo(maxAbs) > 0) {
      maxAbs = difference;
      maxAt = at;
    }
  }

  /** Sums of elements in units of a power of two near the largest of their kind. */
  private final class Sums {
    private final int ofExpected = Math.getExponent(expectedMax);
    private final int ofActual = Math.getExponent(actualMax);
    private final int ofDifference =
        Math.getExponent(Math.max(maxAbs.value(), 0)) + maxAbs.exponent();
    private double l1;
    private double diffSquares;
    private double expectedSquares;
    private double actualSquares;
    private double products;

    void add(long at, double expected, double actual) {
      if (!Double.isFinite(expected) || !Double.isFinite(actual)) {
        return;
      }
      double x = Math.scalb(expected, -ofExpected);
      double y = Math.scalb(actual, -ofActual);
      Scaled distance = Scaled.distance(expected, actual);
      double z = Math.scalb(distance.value(), distance.exponent() - ofDifference);
      l1 += z;
      diffSquares += z * z;
      expectedSquares += x * x;
      actualSquares += y * y;
      products += x * y;
    }

    BlockSums.Sums scaled() {
      return new BlockSums.Sums(
          new Scaled(l1, ofDifference),
          new Scaled(diffSquares, 2 * ofDifference),
          new Scaled(expectedSquares, 2 * ofExpected),
          new Scaled(actualSquares, 2 * ofActual),
          new Scaled(products, ofExpected + ofActual));
    }
  }
}
