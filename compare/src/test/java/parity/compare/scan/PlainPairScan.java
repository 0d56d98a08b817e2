package parity.compare.scan;

import java.util.ArrayList;
import java.util.List;
import parity.tensors.Tensor;

/** What {@link PairScan} computes, element by element and in one sum each: its plain twin. */
final class PlainPairScan {
  long finite;
  double maxAbs = -1;
  long maxAt;
  double l1;
  double diffSquares;
  double expectedSquares;
  double actualSquares;
  double products;
  final List<Double> sampled = new ArrayList<>();
  long finitenessDiffAt = -1;
  boolean constant = true;
  NonFiniteCount expectedNonFinite = NonFiniteCount.NONE;
  NonFiniteCount actualNonFinite = NonFiniteCount.NONE;

  PlainPairScan(Tensor expected, Tensor actual) {
    for (long at = 0; at < expected.elements(); at++) {
      double r = expected.getDouble(at);
      double c = actual.getDouble(at);
      constant &= r == expected.getDouble(0);
      double difference = Math.abs(c - r);
      if (Double.isFinite(difference)) {
        add(at, r, c, difference);
        if (expected.elements() <= 65_536 || at % 11 == 0) {
          sampled.add(difference);
        }
        continue;
      }
      expectedNonFinite = expectedNonFinite.with(r);
      actualNonFinite = actualNonFinite.with(c);
      if (finitenessDiffAt < 0 && Double.doubleToLongBits(r) != Double.doubleToLongBits(c)) {
        finitenessDiffAt = at;
      }
    }
  }

  /** The {@code fraction} quantile, without bins. */
  double quantile(double fraction) {
    double[] sorted = sampled.stream().sorted().mapToDouble(Double::doubleValue).toArray();
    return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(fraction * sorted.length) - 1];
  }

  private void add(long at, double r, double c, double difference) {
    if (difference > maxAbs) {
      maxAbs = difference;
      maxAt = at;
    }
    finite++;
    l1 += difference;
    diffSquares += difference * difference;
    expectedSquares += r * r;
    actualSquares += c * c;
    products += r * c;
  }
}
