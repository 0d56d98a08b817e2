package parity.compare.scan;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Optional;
import parity.compare.view.Place;
import parity.compare.view.TensorView;
import parity.compare.view.Widen;

/**
 * One pass over an expected and an actual floating tensor of one shape: what {@link Metrics} says,
 * and hygiene. Complete when each block was looked at.
 */
public final class PairScan implements Blockwise {
  /** Elements among which the worst place is looked for at once: little memory for each tensor. */
  private static final int AT_ONCE = 256;

  private final TensorView expected;
  private final TensorView actual;
  private final double first;
  private final Histogram histogram;
  private final Optional<Magnitudes> sizes;
  private final BlockSums[] blocks;

  /** A scan that tells all but the scale. */
  public PairScan(TensorView expected, TensorView actual) {
    this(expected, actual, Optional.empty());
  }

  /** A scan that tells {@link #ordinaryRms} too, which costs a look at a sample of each block. */
  public static PairScan withScale(TensorView expected, TensorView actual) {
    return new PairScan(expected, actual, Optional.of(new Magnitudes(expected.dtype())));
  }

  private PairScan(TensorView expected, TensorView actual, Optional<Magnitudes> sizes) {
    if (!expected.shape().equals(actual.shape())) {
      throw new IllegalArgumentException(actual + " cannot be compared with " + expected);
    }
    this.expected = expected;
    this.actual = actual;
    this.first = expected.elements() == 0 ? 0 : expected.getDouble(0);
    this.histogram = new Histogram(expected.elements());
    this.sizes = sizes;
    this.blocks = new BlockSums[Blockwise.blocks(expected.elements())];
    Arrays.fill(blocks, BlockSums.NONE);
  }

  /**
   * The whole pass, by the calling thread.
   *
   * @throws IllegalArgumentException if the shapes differ, or a type is not floating
   */
  public static PairScan run(TensorView expected, TensorView actual) {
    PairScan scan = new PairScan(expected, actual);
    Workers.run(scan);
    return scan;
  }

  @Override
  public int blocks() {
    return blocks.length;
  }

  @Override
  public void look(int block, PairLanes lanes) {
    long from = (long) block * BLOCK;
    long to = Math.min(from + BLOCK, expected.elements());
    blocks[block] = lanes.block(expected, actual, from, to, first, histogram, sizes);
  }

  /** All blocks, added in their order. */
  private BlockSums sums() {
    BlockSums sums = BlockSums.NONE;
    for (BlockSums block : blocks) {
      sums = sums.and(block);
    }
    return sums;
  }

  /** Whether the expected tensor tells nothing: empty, zeros, or more than one of one value. */
  public boolean vacuous() {
    BlockSums sums = sums();
    return sums.finite() == 0 || (sums.constant() && (expected.elements() != 1 || first == 0));
  }

  /** First place that is NaN or infinite on one side and something else on the other. */
  public Optional<Place> firstFinitenessDifference() {
    return place(sums().nonFiniteAt());
  }

  private Optional<Place> place(long at) {
    return at < 0 ? Optional.empty() : Optional.of(Place.of(at, expected, actual));
  }

  /** Root of the mean square of the expected elements that are finite on both sides. */
  public double expectedRms() {
    BlockSums all = sums();
    return all.sums().expectedSquares().part(Math.max(all.finite(), 1)).sqrt().toDouble();
  }

  /**
   * The scale of the expected tensor that a few elements cannot move.
   *
   * @throws NoSuchElementException unless the scan is {@link #withScale}
   */
  public double ordinaryRms() {
    return OrdinaryRms.compute(sizes.orElseThrow());
  }

  /** Norm of the actual tensor for that of the expected one, where both are finite. */
  public double actualOverExpected() {
    BlockSums.Sums sums = sums().sums();
    return sums.actualSquares().sqrt().over(sums.expectedSquares().sqrt());
  }

  /** The first place with the largest difference, of a run that has it. */
  private long worst(BlockSums sums) {
    Widen widen = new Widen();
    double[] r = new double[AT_ONCE];
    double[] c = new double[AT_ONCE];
    double largest = sums.maxAbs().toDouble();
    for (long from = sums.maxFrom(); from < expected.elements(); from += AT_ONCE) {
      int count = (int) Math.min(AT_ONCE, expected.elements() - from);
      expected.into(from, r, count, widen);
      actual.into(from, c, count, widen);
      for (int i = 0; i < count; i++) {
        if (Math.abs(c[i] - r[i]) == largest && Scaled.distance(c[i], r[i]).equals(sums.maxAbs())) {
          return from + i;
        }
      }
    }
    throw new IllegalStateException("no difference is " + sums.maxAbs());
  }

  public Metrics metrics() {
    BlockSums all = sums();
    BlockSums.Sums sums = all.sums();
    long count = Math.max(all.finite(), 1);
    double relative = sums.diffSquares().sqrt().over(sums.expectedSquares().sqrt());
    double nmse = 20 * Math.log10(relative);
    return new Metrics(
        expected.elements(),
        Math.max(all.maxAbs().toDouble(), 0),
        place(all.finite() == 0 ? -1 : worst(all)),
        sums.l1().part(count).toDouble(),
        sums.l1().toDouble(),
        sums.diffSquares().part(count).sqrt().toDouble(),
        relative,
        nmse,
        -nmse,
        cosine(sums),
        histogram.quantiles(),
        all.expectedNonFinite(),
        all.actualNonFinite());
  }

  private static double cosine(BlockSums.Sums sums) {
    Scaled norms = sums.expectedSquares().sqrt().times(sums.actualSquares().sqrt());
    if (norms.value() > 0) {
      return sums.products().over(norms);
    }
    return sums.expectedSquares().equals(sums.actualSquares()) ? 1 : 0;
  }
}
