package parity.compare;

import java.util.Arrays;

/**
 * Counts of non-negative doubles, binned by exponent and the first seven bits of the mantissa: any
 * number of elements, any scale, no sampling.
 */
final class Histogram {
  private static final int FRACTION_BITS = 7;
  private static final int BINS = 1 << FRACTION_BITS;
  private static final int DROPPED_BITS = 52 - FRACTION_BITS;
  private static final long[] NONE = new long[0];

  /** By exponent; few of them occur, so the bins of the others are never made. */
  private final long[][] bins = new long[Double.MAX_EXPONENT - Double.MIN_EXPONENT + 2][];

  private long total;

  Histogram() {
    Arrays.fill(bins, NONE);
  }

  void add(double value) {
    long bin = Double.doubleToRawLongBits(value) >>> DROPPED_BITS;
    int exponent = (int) (bin >>> FRACTION_BITS);
    if (bins[exponent].length == 0) {
      bins[exponent] = new long[BINS];
    }
    bins[exponent][(int) bin & (BINS - 1)]++;
    total++;
  }

  Quantiles quantiles() {
    return new Quantiles(quantile(0.5), quantile(0.99), quantile(0.999));
  }

  /** The smallest value that at least {@code fraction} of all values do not exceed; 0 if none. */
  private double quantile(double fraction) {
    long wanted = (long) Math.ceil(fraction * total);
    long seen = 0;
    for (int exponent = 0; exponent < bins.length && wanted > 0; exponent++) {
      for (int bin = 0; bin < bins[exponent].length; bin++) {
        seen += bins[exponent][bin];
        if (seen >= wanted) {
          return upperEdge(((long) exponent << FRACTION_BITS) + bin);
        }
      }
    }
    return 0;
  }

  private static double upperEdge(long bin) {
    long rest = (1L << DROPPED_BITS) - 1;
    return bin == 0 ? 0 : Double.longBitsToDouble(bin << DROPPED_BITS | rest);
  }
}
