package parity.compare;

/**
 * Counts of non-negative doubles, binned by exponent and the first seven bits of the mantissa: any
 * number of elements, any scale, no sampling.
 */
final class Histogram {
  private static final int DROPPED_BITS = 52 - 7;

  private final long[] bins =
      new long[(int) (Double.doubleToRawLongBits(Double.MAX_VALUE) >>> DROPPED_BITS) + 1];
  private long total;

  void add(double value) {
    bins[(int) (Double.doubleToRawLongBits(value) >>> DROPPED_BITS)]++;
    total++;
  }

  Quantiles quantiles() {
    return new Quantiles(quantile(0.5), quantile(0.99), quantile(0.999));
  }

  /** The smallest value that at least {@code fraction} of all values do not exceed; 0 if none. */
  private double quantile(double fraction) {
    long wanted = (long) Math.ceil(fraction * total);
    long seen = 0;
    for (int bin = 0; bin < bins.length && wanted > 0; bin++) {
      seen += bins[bin];
      if (seen >= wanted) {
        return upperEdge(bin);
      }
    }
    return 0;
  }

  private static double upperEdge(int bin) {
    long lower = (long) bin << DROPPED_BITS;
    return bin == 0 ? 0 : Double.longBitsToDouble(lower | ((1L << DROPPED_BITS) - 1));
  }
}
