package parity.compare;

import java.util.Optional;
import parity.tensors.Tensor;

/** One pass over an expected and an actual tensor: what {@link Metrics} says, and hygiene. */
final class PairScan {
  private final Tensor expected;
  private final Tensor actual;
  private final double first;
  private final Histogram histogram = new Histogram();

  private boolean constant = true;
  private long bitDiffAt = -1;
  private long finitenessDiffAt = -1;
  private long expectedNan;
  private long expectedInfinite;
  private long actualNan;
  private long actualInfinite;
  private long finite;
  private double maxAbs = -1;
  private long maxAt;
  private double l1;
  private double diffSquares;
  private double expectedSquares;
  private double actualSquares;
  private double products;

  PairScan(Tensor expected, Tensor actual) {
    if (!expected.shape().equals(actual.shape()) || expected.dtype() != actual.dtype()) {
      throw new IllegalArgumentException(actual + " cannot be compared with " + expected);
    }
    this.expected = expected;
    this.actual = actual;
    this.first = expected.elements() == 0 ? 0 : expected.getDouble(0);
    double[] r = new double[Widen.CHUNK];
    double[] c = new double[Widen.CHUNK];
    for (long from = 0; from < expected.elements(); from += Widen.CHUNK) {
      int count = (int) Math.min(Widen.CHUNK, expected.elements() - from);
      Widen.into(expected, from, r, count);
      Widen.into(actual, from, c, count);
      look(from, r, c, count);
    }
  }

  private void look(long from, double[] r, double[] c, int count) {
    boolean sameBits = true;
    boolean sameValue = true;
    double squares = 0;
    double rSquares = 0;
    double cSquares = 0;
    double rc = 0;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sameBits &= Double.doubleToRawLongBits(r[i]) == Double.doubleToRawLongBits(c[i]);
      sameValue &= r[i] == first;
      double difference = Math.abs(c[i] - r[i]);
      if (!Double.isFinite(difference)) {
        lookNonFinite(from + i, r[i], c[i]);
        continue;
      }
      if (difference > maxAbs) {
        maxAbs = difference;
        maxAt = from + i;
      }
      finite++;
      histogram.add(difference);
      sum += difference;
      squares += difference * difference;
      rSquares += r[i] * r[i];
      cSquares += c[i] * c[i];
      rc += r[i] * c[i];
    }
    constant &= sameValue;
    if (!sameBits && bitDiffAt < 0) {
      bitDiffAt = firstBitDifference(from, r, c, count);
    }
    l1 += sum;
    diffSquares += squares;
    expectedSquares += rSquares;
    actualSquares += cSquares;
    products += rc;
  }

  /** All NaN count as one; -1 if nothing differs. */
  private static long firstBitDifference(long from, double[] r, double[] c, int count) {
    for (int i = 0; i < count; i++) {
      if (Double.doubleToLongBits(r[i]) != Double.doubleToLongBits(c[i])) {
        return from + i;
      }
    }
    return -1;
  }

  private void lookNonFinite(long at, double r, double c) {
    expectedNan += Double.isNaN(r) ? 1 : 0;
    expectedInfinite += Double.isInfinite(r) ? 1 : 0;
    actualNan += Double.isNaN(c) ? 1 : 0;
    actualInfinite += Double.isInfinite(c) ? 1 : 0;
    if (finitenessDiffAt < 0 && Double.doubleToLongBits(r) != Double.doubleToLongBits(c)) {
      finitenessDiffAt = at;
    }
  }

  /** Whether the expected tensor tells nothing: empty, zeros, or more than one of one value. */
  boolean vacuous() {
    return finite == 0 || (constant && (expected.elements() != 1 || first == 0));
  }

  /** First place whose bits differ; all NaN count as one. */
  Optional<Place> firstBitDifference() {
    return place(bitDiffAt);
  }

  /** First place that is NaN or infinite on one side and something else on the other. */
  Optional<Place> firstFinitenessDifference() {
    return place(finitenessDiffAt);
  }

  private Optional<Place> place(long at) {
    return at < 0
        ? Optional.empty()
        : Optional.of(
            new Place(at, expected.shape(), expected.getDouble(at), actual.getDouble(at)));
  }

  Metrics metrics() {
    // Squares of float64 below 1e-154 vanish; a difference must not vanish with them.
    boolean vanished = diffSquares == 0 && maxAbs > 0;
    double relative =
        vanished
            ? Double.POSITIVE_INFINITY
            : ratio(Math.sqrt(diffSquares), Math.sqrt(expectedSquares));
    double nmse = 20 * Math.log10(relative);
    return new Metrics(
        expected.elements(),
        Math.max(maxAbs, 0),
        place(finite == 0 ? -1 : maxAt),
        ratio(l1, (double) finite),
        l1,
        Math.sqrt(ratio(diffSquares, (double) finite)),
        relative,
        nmse,
        -nmse,
        cosine(),
        histogram.quantiles(),
        new NonFiniteCount(expectedNan, expectedInfinite),
        new NonFiniteCount(actualNan, actualInfinite));
  }

  private double cosine() {
    double norms = Math.sqrt(expectedSquares) * Math.sqrt(actualSquares);
    return norms > 0 ? products / norms : expectedSquares == actualSquares ? 1 : 0;
  }

  private static double ratio(double part, double whole) {
    return part == 0 ? 0 : part / whole;
  }
}
