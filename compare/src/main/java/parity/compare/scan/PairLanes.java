package parity.compare.scan;

import java.util.Arrays;
import java.util.Optional;
import parity.compare.view.TensorView;
import parity.compare.view.Widen;
import parity.tensors.DType;

/**
 * The loops over two floating tensors, and the arrays of one thread for them. Each loop goes over
 * arrays side by side and adds to as many sums as there are elements in a chunk: that is what the
 * compiler makes vectors of, while a single sum in a loop waits for each of its additions. What is
 * no wider than float32 is widened in that loop, and never stored as doubles.
 */
final class PairLanes {
  /**
   * Elements of a chunk, and sums side by side: eight arrays of it stay in the first-level cache,
   * with room for the bins. Loops go to this constant, not to a count: what is left over at the end
   * of a tensor is filled up with zeros.
   */
  static final int LANES = 512;

  /** Elements after which the largest difference is looked for among the lanes. */
  static final int RUN = 64 * LANES;

  /** Of a smaller sum of squares some may have vanished, or all: 1e-162 has none. */
  private static final double VANISHING = 1e-280;

  private final Widen widen = new Widen();
  private final Histogram.Counts counts = new Histogram.Counts();
  private final float[] expectedFloats = new float[LANES];
  private final float[] actualFloats = new float[LANES];
  private final double[] expected = new double[LANES];
  private final double[] actual = new double[LANES];
  private final double[] l1 = new double[LANES];
  private final double[] diffSquares = new double[LANES];
  private final double[] expectedSquares = new double[LANES];
  private final double[] actualSquares = new double[LANES];
  private final double[] products = new double[LANES];
  private final double[] largest = new double[LANES];

  private final Magnitudes sizes = new Magnitudes(DType.F64);
  private boolean constant;
  private double maxAbs;
  private long maxFrom;

  /**
   * Looks at elements {@code from} to {@code to}.
   *
   * @param first the tensor's first element, which all are equal to if it is constant
   * @param histogram gets the absolute differences that it samples
   * @param magnitudes gets the expected elements that it samples, if they are asked for
   */
  BlockSums block(
      TensorView expected,
      TensorView actual,
      long from,
      long to,
      double first,
      Histogram histogram,
      Optional<Magnitudes> magnitudes) {
    begin();
    for (long run = from; run < to; run += RUN) {
      long end = Math.min(run + RUN, to);
      for (long at = run; at < end; at += LANES) {
        chunk(expected, actual, at, (int) Math.min(LANES, end - at), first, histogram);
      }
      endRun(run);
    }
    magnitudes.ifPresent(all -> {
      sizes.lookAt(expected, from, to, this.expected, widen);
      all.take(sizes);
    });
    BlockSums.Sums sums =
        BlockSums.Sums.of(
            sum(l1), sum(diffSquares), sum(expectedSquares), sum(actualSquares), sum(products));
    if (tellAll(sums, expected, actual)) {
      histogram.take(counts, maxAbs);
      return new BlockSums(
          to - from,
          sums,
          Scaled.of(maxAbs),
          maxFrom,
          constant,
          NonFiniteCount.NONE,
          NonFiniteCount.NONE,
          -1);
    }
    BlockSums careful = new CarefulSums(expected, actual, from, to, first, widen).block();
    histogram.take(counts, careful.maxAbs().toDouble());
    return careful;
  }

  /** Whether all that was added was finite, and no square was beyond the range of a double. */
  private boolean tellAll(BlockSums.Sums sums, TensorView expected, TensorView actual) {
    return Double.isFinite(sums.l1().value())
        && isSound(sums.expectedSquares(), expected.dtype() == DType.F64)
        && isSound(sums.actualSquares(), actual.dtype() == DType.F64)
        && (maxAbs == 0 || isSound(sums.diffSquares(), true));
  }

  /**
   * Whether a sum of squares is neither infinite nor made of squares that vanished.
   *
   * @param wide whether numbers were float64: the square of no float32 but zero vanishes
   */
  private static boolean isSound(Scaled squares, boolean wide) {
    return squares.value() <= Double.MAX_VALUE && (!wide || squares.value() >= VANISHING);
  }

  private void begin() {
    for (double[] sums :
        new double[][] {l1, diffSquares, expectedSquares, actualSquares, products}) {
      Arrays.fill(sums, 0);
    }
    Arrays.fill(largest, -1);
    constant = true;
    maxAbs = -1;
    maxFrom = 0;
  }

  private void chunk(
      TensorView expected,
      TensorView actual,
      long at,
      int count,
      double first,
      Histogram histogram) {
    if (constant || !expected.areFloats() || !actual.areFloats()) {
      read(expected, actual, at, count);
      constant = constant && constant(this.expected, first, count);
      counts.add(this.expected, this.actual, histogram.firstFrom(at), count, histogram.step());
      add();
      return;
    }
    expected.into(at, expectedFloats, count, widen);
    actual.into(at, actualFloats, count, widen);
    if (count < LANES) {
      Arrays.fill(expectedFloats, count, LANES, 0);
      Arrays.fill(actualFloats, count, LANES, 0);
    }
    counts.add(expectedFloats, actualFloats, histogram.firstFrom(at), count, histogram.step());
    addFloats();
  }

  private void read(TensorView expected, TensorView actual, long at, int count) {
    expected.into(at, this.expected, count, widen);
    actual.into(at, this.actual, count, widen);
    if (count < LANES) {
      Arrays.fill(this.expected, count, LANES, 0);
      Arrays.fill(this.actual, count, LANES, 0);
    }
  }

  private static boolean constant(double[] values, double first, int count) {
    for (int i = 0; i < count; i++) {
      if (values[i] != first) {
        return false;
      }
    }
    return true;
  }

  private void add() {
    double[] r = expected;
    double[] c = actual;
    double[] sums1 = l1;
    double[] sums2 = diffSquares;
    double[] sums3 = expectedSquares;
    double[] sums4 = actualSquares;
    double[] sums5 = products;
    double[] most = largest;
    for (int i = 0; i < LANES; i++) {
      double x = r[i];
      double y = c[i];
      double z = Math.abs(y - x);
      sums1[i] += z;
      sums2[i] += z * z;
      sums3[i] += x * x;
      sums4[i] += y * y;
      sums5[i] += x * y;
      most[i] = Math.max(most[i], z);
    }
  }

  /** As {@link #add}: the compiler makes no vectors of a loop that is written for both. */
  private void addFloats() {
    float[] r = expectedFloats;
    float[] c = actualFloats;
    double[] sums1 = l1;
    double[] sums2 = diffSquares;
    double[] sums3 = expectedSquares;
    double[] sums4 = actualSquares;
    double[] sums5 = products;
    double[] most = largest;
    for (int i = 0; i < LANES; i++) {
      double x = r[i];
      double y = c[i];
      double z = Math.abs(y - x);
      sums1[i] += z;
      sums2[i] += z * z;
      sums3[i] += x * x;
      sums4[i] += y * y;
      sums5[i] += x * y;
      most[i] = Math.max(most[i], z);
    }
  }

  /** How the elements of a chunk stand to {@code atol + rtol |expected|}. */
  ElementScan.Worst worst(
      TensorView expected, TensorView actual, long at, int count, double rtol, double atol) {
    read(expected, actual, at, count);
    double worst = 0;
    int worstAt = 0;
    int beyond = 0;
    for (int i = 0; i < count; i++) {
      double limit = atol + rtol * Math.abs(this.expected[i]);
      double ratio = Math.abs(this.actual[i] - this.expected[i]) / limit;
      if (ratio == Double.POSITIVE_INFINITY) {
        ratio = beyondDoubles(this.expected[i], this.actual[i], limit);
      }
      // NaN is what is not finite on both sides, and 0 / 0; neither is a difference here.
      if (ratio > worst) {
        worst = ratio;
        worstAt = i;
      }
      beyond += ratio > 1 ? 1 : 0;
    }
    return new ElementScan.Worst(worst, at + worstAt, beyond);
  }

  /** The ratio where the difference may be beyond the range of a double, or is of infinities. */
  private static double beyondDoubles(double expected, double actual, double limit) {
    return Double.isFinite(expected) && Double.isFinite(actual)
        ? Scaled.distance(expected, actual).over(Scaled.of(limit))
        : Double.NaN;
  }

  /** Keeps the largest difference of a run if it is the largest so far. */
  private void endRun(long run) {
    double most = -1;
    for (double lane : largest) {
      most = Math.max(most, lane);
    }
    if (most > maxAbs) {
      maxAbs = most;
      maxFrom = run;
    }
    Arrays.fill(largest, -1);
  }

  private static double sum(double[] lanes) {
    double sum = 0;
    for (double lane : lanes) {
      sum += lane;
    }
    return sum;
  }
}
