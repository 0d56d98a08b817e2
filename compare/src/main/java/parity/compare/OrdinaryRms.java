package parity.compare;

import parity.tensors.DType;

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
 *
 * <p>Of a tensor of more than {@link #ALL} elements as many are looked at: runs of {@link #RUN},
 * each somewhere else in its part of the tensor, so that no axis is met at the same place each
 * time.
 */
final class OrdinaryRms {
  /** The most elements that are all looked at. */
  static final int ALL = 1 << 12;

  /** How many of a larger tensor are looked at, which tells its scale within a few percent. */
  private static final int SAMPLE = 1 << 10;

  /** Elements that are read together. */
  private static final int RUN = 16;

  /** Powers of two that no element is in, between what stands apart and the others. */
  static final int GAP = 5;

  /** One of so many elements must be ordinary: fewer are what is left of others by rounding. */
  private static final int RAREST = 32;

  /** Powers of two that a double has, and those from where a float32 has any. */
  private static final int DOUBLES = 1 << 11;

  private static final int FLOATS = 1 << 9;
  private static final int FIRST_OF_FLOATS = 768;
  private static final int LOWEST = Double.MIN_EXPONENT - 1;
  private static final int FRACTION_BITS = 52;
  private static final long FRACTION = (1L << FRACTION_BITS) - 1;
  private static final long ONE = Double.doubleToRawLongBits(1);

  /** By power of two: how many, and the sum of squares in units of the square of that power. */
  private final int[] counts;

  private final double[] squares;

  /** By power of two: the largest number in units of it, and how often it is there. */
  private final double[] largest;

  private final int[] ofLargest;

  /** The power of two that the arrays begin with, counted from that of the smallest double. */
  private final int first;

  private int lowest;
  private int highest = -1;
  private int zeros;

  private OrdinaryRms(TensorView tensor) {
    boolean wide = tensor.dtype() == DType.F64;
    int binades = wide ? DOUBLES : FLOATS;
    this.first = wide ? 0 : FIRST_OF_FLOATS;
    this.counts = new int[binades];
    this.squares = new double[binades];
    this.largest = new double[binades];
    this.ofLargest = new int[binades];
    this.lowest = binades;
    long elements = tensor.elements();
    if (elements <= ALL) {
      look(tensor, 0, (int) elements);
      return;
    }
    long part = elements / (SAMPLE / RUN);
    for (int i = 0; i < SAMPLE / RUN; i++) {
      look(tensor, i * part + scattered(i) % (part - RUN + 1), RUN);
    }
  }

  private void look(TensorView tensor, long from, int count) {
    for (int i = 0; i < count; i++) {
      look(tensor.getDouble(from + i));
    }
  }

  /** The scale of a tensor; 0 if no element is finite, or all are zero. */
  static double of(TensorView tensor) {
    return new OrdinaryRms(tensor).rms();
  }

  /** The same for the same number, and as good as random (a multiplicative hash). */
  private static long scattered(long i) {
    return (i * 0x9E3779B97F4A7C15L) >>> (Integer.SIZE + 1);
  }

  private void look(double value) {
    long bits = Double.doubleToRawLongBits(Math.abs(value));
    int power = (int) (bits >>> FRACTION_BITS);
    if (bits == 0) {
      zeros++;
    } else if (power < DOUBLES - 1) {
      int binade = power - first;
      double units =
          power == 0
              ? Math.scalb(Math.abs(value), -LOWEST)
              : Double.longBitsToDouble((bits & FRACTION) | ONE);
      lowest = Math.min(lowest, binade);
      highest = Math.max(highest, binade);
      counts[binade]++;
      squares[binade] += units * units;
      if (units >= largest[binade]) {
        ofLargest[binade] = units == largest[binade] ? ofLargest[binade] + 1 : 1;
        largest[binade] = units;
      }
    }
  }

  private double rms() {
    int top = highest;
    for (int below = belowGap(top); below >= 0 && isApart(below, top); below = belowGap(top)) {
      top = below;
    }
    if (top < 0) {
      return 0;
    }
    leaveOutRepeatedMaximum(top);
    top = Math.min(top, median(top) + 2);
    double sum = 0;
    for (int binade = lowest; binade <= top; binade++) {
      sum += Math.scalb(squares[binade], 2 * (binade - top));
    }
    return Math.scalb(Math.sqrt(sum / (count(lowest, top) + zeros)), top + first + LOWEST);
  }

  /** The highest occupied power of two up to this one; -1 if there is none. */
  private int occupiedUpTo(int binade) {
    while (binade >= lowest && counts[binade] == 0) {
      binade--;
    }
    return binade < lowest ? -1 : binade;
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
    while (counts[bottom] == 0) {
      bottom++;
    }
    long above = count(bottom, top);
    long others = count(lowest, below);
    boolean few = above <= others / 2;
    boolean alike = top - bottom <= 1 && isEnough(others, above);
    return few || alike;
  }

  private void leaveOutRepeatedMaximum(int top) {
    int repeated = ofLargest[top];
    if (repeated > 1 && isEnough(count(lowest, top) - repeated, repeated)) {
      counts[top] -= repeated;
      double left = squares[top] - repeated * largest[top] * largest[top];
      squares[top] = counts[top] == 0 ? 0 : left;
    }
  }

  private static boolean isEnough(long ordinary, long others) {
    return ordinary > 0 && ordinary >= others / RAREST;
  }

  private int median(int top) {
    long half = Math.ceilDiv(count(lowest, top), 2);
    int binade = lowest;
    for (long seen = counts[binade]; seen < half; seen += counts[binade]) {
      binade++;
    }
    return binade;
  }

  private long count(int bottom, int top) {
    long count = 0;
    for (int binade = bottom; binade <= top; binade++) {
      count += counts[binade];
    }
    return count;
  }
}
