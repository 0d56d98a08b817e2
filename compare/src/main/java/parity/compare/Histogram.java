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
  private static final int EXPONENTS = 1 << 11;
  private static final int NOT_FINITE = EXPONENTS - 1;
  private static final long[] NONE = new long[0];

  /** By exponent; few of them occur, so the bins of the others are never made. */
  private final long[][] bins = new long[NOT_FINITE][];

  private long total;

  Histogram() {
    Arrays.fill(bins, NONE);
  }

  /** What a thread counts into before it is added: all bins there can be, in one array. */
  static final class Counts {
    private final int[] counts = new int[EXPONENTS << FRACTION_BITS];

    /** The length of the array is a power of two, so the mask saves a check of each index. */
    void add(double[] values, int count) {
      int[] bins = counts;
      int mask = bins.length - 1;
      for (int i = 0; i < count; i++) {
        bins[(int) (Double.doubleToRawLongBits(values[i]) >>> DROPPED_BITS) & mask]++;
      }
    }

    /** How many values were NaN or infinite; they are forgotten. */
    int takeNotFinite() {
      return take(NOT_FINITE);
    }

    private int take(int exponent) {
      int sum = 0;
      for (int bin = exponent << FRACTION_BITS; bin < (exponent + 1) << FRACTION_BITS; bin++) {
        sum += counts[bin];
        counts[bin] = 0;
      }
      return sum;
    }
  }

  /**
   * Moves counts into this histogram, which any thread may.
   *
   * @param largest of the values that were counted, so that no bin above it is looked at
   * @param count how many there are, so that no bin below the smallest is
   */
  synchronized void take(Counts from, double largest, long count) {
    long left = count - takeZeros(from);
    for (int exponent = exponent(largest); left > 0; exponent--) {
      int first = exponent << FRACTION_BITS;
      for (int bin = 0; bin < BINS; bin++) {
        int found = from.counts[first + bin];
        if (found != 0) {
          row(exponent)[bin] += found;
          from.counts[first + bin] = 0;
          left -= found;
        }
      }
    }
    total += count;
  }

  /** Zeros are far below all others. */
  private int takeZeros(Counts from) {
    int zeros = from.counts[0];
    if (zeros != 0) {
      row(0)[0] += zeros;
      from.counts[0] = 0;
    }
    return zeros;
  }

  private long[] row(int exponent) {
    if (bins[exponent].length == 0) {
      bins[exponent] = new long[BINS];
    }
    return bins[exponent];
  }

  private static int exponent(double value) {
    return (int) (Double.doubleToRawLongBits(value) >>> (DROPPED_BITS + FRACTION_BITS));
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
