package parity.compare.scan;

import java.util.Arrays;

/**
 * Counts of non-negative doubles, binned by exponent and the first seven bits of the mantissa: any
 * number of elements, any scale. Of a tensor of more than {@link #ALL} elements every {@link
 * #STEP}th is counted, from the first on.
 */
final class Histogram {
  /** The most elements that are all counted. */
  static final int ALL = 1 << 16;

  /** A prime that is no factor of the usual axes, or the same few channels would be all it sees. */
  static final int STEP = 11;

  private static final int FRACTION_BITS = 7;
  private static final int BINS = 1 << FRACTION_BITS;
  private static final int DROPPED_BITS = 52 - FRACTION_BITS;
  private static final int EXPONENTS = 1 << 11;
  private static final int NOT_FINITE = EXPONENTS - 1;
  private static final int[] NONE = new int[0];
  private static final int[][] EMPTY = new int[NOT_FINITE][];

  static {
    Arrays.fill(EMPTY, NONE);
  }

  private final int step;

  /** By exponent; few of them occur, so the bins of the others are never made. */
  private final int[][] bins = EMPTY.clone();

  private int lowest = NOT_FINITE;
  private int highest = -1;
  private long total;

  /** Of the differences of a tensor of so many elements. */
  Histogram(long elements) {
    this.step = elements > ALL ? STEP : 1;
  }

  /** Of how many elements one is counted. */
  int step() {
    return step;
  }

  /** How far after element {@code at} the next that is counted stands. */
  int firstFrom(long at) {
    return (int) (-at % step + step) % step;
  }

  /** What a thread counts into before it is added: all bins there can be, in one array. */
  static final class Counts {
    private final int[] counts = new int[EXPONENTS << FRACTION_BITS];
    private long counted;

    /** Absolute differences from {@code first} on; the mask saves a check of each index. */
    void add(double[] expected, double[] actual, int first, int count, int step) {
      int[] bins = counts;
      int mask = bins.length - 1;
      for (int i = first; i < count; i += step) {
        bins[bin(actual[i] - expected[i]) & mask]++;
      }
      counted += Math.ceilDiv(count - first, step);
    }

    /** As the other. */
    void add(float[] expected, float[] actual, int first, int count, int step) {
      int[] bins = counts;
      int mask = bins.length - 1;
      for (int i = first; i < count; i += step) {
        bins[bin((double) actual[i] - expected[i]) & mask]++;
      }
      counted += Math.ceilDiv(count - first, step);
    }

    private static int bin(double difference) {
      return (int) (Double.doubleToRawLongBits(Math.abs(difference)) >>> DROPPED_BITS);
    }

    /** How many were counted but for NaN and infinity; none are left. */
    private long takeFinite() {
      long finite = counted;
      for (int bin = NOT_FINITE << FRACTION_BITS; bin < counts.length; bin++) {
        finite -= counts[bin];
        counts[bin] = 0;
      }
      counted = 0;
      return finite;
    }
  }

  /**
   * Moves counts into this histogram, which any thread may.
   *
   * @param largest none that was counted is larger, so no bin above it is looked at
   */
  synchronized void take(Counts from, double largest) {
    long count = from.takeFinite();
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

  private int[] row(int exponent) {
    if (bins[exponent].length == 0) {
      bins[exponent] = new int[BINS];
      lowest = Math.min(lowest, exponent);
      highest = Math.max(highest, exponent);
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
    for (int exponent = lowest; exponent <= highest && wanted > 0; exponent++) {
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
