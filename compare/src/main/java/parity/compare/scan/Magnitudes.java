package parity.compare.scan;

import parity.compare.view.TensorView;
import parity.compare.view.Widen;
import parity.tensors.DType;

/**
 * How large the elements of a tensor are, by power of two. Each number in it is exact or an
 * integer, so it is the same in whatever order elements and parts are added.
 *
 * <p>Of a block of up to {@link #ALL} elements all are looked at; of a larger one {@link #PLACES}
 * runs of {@link #RUN}, each somewhere else in its part of the block, so that no axis is met at the
 * same place each time.
 */
final class Magnitudes {
  /** The most elements of a block that are all looked at. */
  static final int ALL = 1 << 12;

  private static final int PLACES = 128;
  private static final int RUN = 8;

  private static final int FRACTION_BITS = 52;
  private static final long FRACTION = (1L << FRACTION_BITS) - 1;
  private static final long ONE = Double.doubleToRawLongBits(1);

  /** Powers of two that a float64 has, subnormal ones too, from the exponent of the smallest on. */
  private static final int DOUBLES = (1 << 11) + FRACTION_BITS;

  private static final int FIRST_OF_DOUBLES = Double.MIN_EXPONENT - FRACTION_BITS;

  /** Powers of two that a float32 has, subnormal ones too, and so all that is no wider. */
  private static final int FLOATS = 280;

  private static final int FIRST_OF_FLOATS = -150;

  /** Squares are counted in parts of the square of their power of two. */
  private static final double PARTS = 1L << 36;

  /** The exponent that the arrays begin with. */
  private final int first;

  private final int[] counts;
  private final long[] squares;

  /** The largest number of each power, in units of it, and how often it is there. */
  private final double[] largest;

  private final int[] ofLargest;
  private int lowest;
  private int highest = -1;
  private int zeros;

  Magnitudes(DType dtype) {
    boolean wide = dtype == DType.F64;
    int binades = wide ? DOUBLES : FLOATS;
    this.first = wide ? FIRST_OF_DOUBLES : FIRST_OF_FLOATS;
    this.counts = new int[binades];
    this.squares = new long[binades];
    this.largest = new double[binades];
    this.ofLargest = new int[binades];
    this.lowest = binades;
  }

  /**
   * Looks at elements {@code from} to {@code to} of a tensor, or at a sample of them.
   *
   * @param buffer of at least {@link #RUN} elements
   */
  void lookAt(TensorView tensor, long from, long to, double[] buffer, Widen widen) {
    long part = (to - from) / PLACES;
    if (to - from <= ALL) {
      for (long at = from; at < to; at += buffer.length) {
        look(tensor, at, (int) Math.min(buffer.length, to - at), buffer, widen);
      }
      return;
    }
    for (int i = 0; i < PLACES; i++) {
      // As good as random, and the same each time: a multiplicative hash.
      long scattered = ((from + i) * 0x9E3779B97F4A7C15L) >>> (Integer.SIZE + 1);
      look(tensor, from + i * part + scattered % (part - RUN + 1), RUN, buffer, widen);
    }
  }

  private void look(TensorView tensor, long from, int count, double[] buffer, Widen widen) {
    tensor.into(from, buffer, count, widen);
    for (int i = 0; i < count; i++) {
      look(buffer[i]);
    }
  }

  private void look(double value) {
    long bits = Double.doubleToRawLongBits(Math.abs(value));
    int exponent = (int) (bits >>> FRACTION_BITS) - Double.MAX_EXPONENT;
    if (exponent > Double.MAX_EXPONENT) {
      return;
    }
    if (exponent < Double.MIN_EXPONENT) {
      lookAtSubnormal(bits);
      return;
    }
    put(exponent, Double.longBitsToDouble((bits & FRACTION) | ONE));
  }

  private void lookAtSubnormal(long bits) {
    if (bits == 0) {
      zeros++;
      return;
    }
    int shift = Long.numberOfLeadingZeros(bits) - (Long.SIZE - 1 - FRACTION_BITS);
    put(Double.MIN_EXPONENT - shift, Double.longBitsToDouble(((bits << shift) & FRACTION) | ONE));
  }

  private void put(int exponent, double units) {
    put(exponent - first, 1, (long) (units * units * PARTS), units, 1);
  }

  private void put(int binade, int count, long square, double most, int ofMost) {
    lowest = Math.min(lowest, binade);
    highest = Math.max(highest, binade);
    counts[binade] += count;
    squares[binade] += square;
    if (most >= largest[binade]) {
      ofLargest[binade] = most == largest[binade] ? ofLargest[binade] + ofMost : ofMost;
      largest[binade] = most;
    }
  }

  /** Moves what a part of the tensor has into this, which any thread may; none is left there. */
  synchronized void take(Magnitudes part) {
    for (int i = part.lowest; i <= part.highest; i++) {
      if (part.counts[i] != 0) {
        int binade = i + part.first - first;
        put(binade, part.counts[i], part.squares[i], part.largest[i], part.ofLargest[i]);
        part.counts[i] = 0;
        part.squares[i] = 0;
        part.largest[i] = 0;
      }
    }
    zeros += part.zeros;
    part.zeros = 0;
    part.lowest = part.counts.length;
    part.highest = -1;
  }

  /** The lowest power of two that is occupied; all are counted from that of the arrays on. */
  int lowest() {
    return lowest;
  }

  /** The highest; -1 if nothing is finite but zeros. */
  int highest() {
    return highest;
  }

  int zeros() {
    return zeros;
  }

  int count(int binade) {
    return counts[binade];
  }

  long count(int bottom, int top) {
    long count = 0;
    for (int binade = bottom; binade <= top; binade++) {
      count += counts[binade];
    }
    return count;
  }

  /** How often the largest number of a power of two is there. */
  int ofLargest(int binade) {
    return ofLargest[binade];
  }

  /** Sum of squares of a power's numbers, in units of its square. */
  double squares(int binade) {
    return squares[binade] / PARTS;
  }

  /** The square of the largest number of a power, in the same units. */
  double largestSquare(int binade) {
    return largest[binade] * largest[binade];
  }

  /** Which power of two that is. */
  int exponent(int binade) {
    return binade + first;
  }
}
