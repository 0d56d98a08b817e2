package parity.compare.noise;

import java.util.Arrays;
import java.util.Optional;
import parity.compare.limits.Rounding;
import parity.compare.limits.Storage;
import parity.compare.scan.Numbers;
import parity.compare.view.TensorView;
import parity.compare.view.Widen;

/**
 * One pass over a reference and its truth residual: the floor, or why the residual cannot be one. A
 * damaged residual raises the floor, and a raised floor hides faults; so it must look like rounding
 * noise.
 */
public final class TruthScan {
  /**
   * Two neighbours among the largest residuals are never this many times apart. The widest gap in
   * 6164 truths of real captures was 3.0.
   */
  static final double LARGEST_GAP = 8;

  /** How many of the largest residuals are looked at for a gap. */
  static final int LARGEST = 17;

  /** Fewer elements than this say nothing about what is usual among them. */
  static final int ENOUGH = 64;

  /**
   * A reference whose own noise is more than this part of the signal cannot tell right from wrong.
   * The noisiest of 6164 truths of real captures had 0.015.
   */
  static final double LOUDEST = 0.1;

  private final TensorView expected;
  private final Storage storage;
  private final double[] largest = new double[LARGEST];
  private long largestAt;
  private double largestSoFar = -1;
  private long notFiniteAt = -1;
  private long finite;
  private double residualSquares;
  private double storedSquares;
  private double storedMax;
  private double truthSquares;
  private double referenceMax;

  public TruthScan(TensorView expected, TensorView residual) {
    this(expected, residual, Storage.NONE);
  }

  /**
   * Looks.
   *
   * @param storage whose rounding is part of the floor
   */
  public TruthScan(TensorView expected, TensorView residual, Storage storage) {
    this.expected = expected;
    this.storage = storage;
    Widen widen = new Widen();
    double[] r = new double[Widen.CHUNK];
    double[] e = new double[Widen.CHUNK];
    for (long from = 0; from < expected.elements(); from += Widen.CHUNK) {
      int count = (int) Math.min(Widen.CHUNK, expected.elements() - from);
      expected.into(from, r, count, widen);
      residual.into(from, e, count, widen);
      look(from, r, e, count);
    }
  }

  private void look(long from, double[] r, double[] e, int count) {
    double errors = 0;
    double truths = 0;
    for (int i = 0; i < count; i++) {
      double error = Math.abs(e[i]);
      if (!Double.isFinite(r[i])) {
        continue;
      }
      if (!Double.isFinite(error)) {
        notFiniteAt = notFiniteAt < 0 ? from + i : notFiniteAt;
        continue;
      }
      double truth = r[i] + e[i];
      finite++;
      errors += error * error;
      if (storage != Storage.NONE) {
        double stored = storage.error(truth);
        storedSquares += stored * stored;
        storedMax = Math.max(storedMax, Math.hypot(error, stored));
      }
      truths += truth * truth;
      referenceMax = Math.max(referenceMax, Math.abs(r[i]));
      if (error > largest[0]) {
        keep(error);
      }
      if (error > largestSoFar) {
        largestSoFar = error;
        largestAt = from + i;
      }
    }
    residualSquares += errors;
    truthSquares += truths;
  }

  /** {@link #largest} is kept in ascending order; the smallest makes room. */
  private void keep(double error) {
    int slot = Arrays.binarySearch(largest, error);
    int below = (slot < 0 ? -slot - 1 : slot) - 1;
    System.arraycopy(largest, 1, largest, 0, below);
    largest[below] = error;
  }

  public Floor floor() {
    return new Floor(
        expected.dtype(),
        Math.sqrt((residualSquares + storedSquares) / Math.max(finite, 1)),
        Math.max(largestSoFar, storedMax),
        Math.sqrt(truthSquares / Math.max(finite, 1)),
        finite);
  }

  /** Why the residual is no rounding noise, and where; empty if it may be. */
  public Optional<String> unusable() {
    if (notFiniteAt >= 0) {
      return Optional.of(
          "is not finite at "
              + expected.shape().index(notFiniteAt)
              + " where the reference is "
              + expected.getDouble(notFiniteAt));
    }
    Optional<String> outlier = outlier();
    if (outlier.isPresent()) {
      return outlier;
    }
    double residualRms = Math.sqrt(residualSquares / Math.max(finite, 1));
    double truthRms = Math.sqrt(truthSquares / Math.max(finite, 1));
    return residualRms <= LOUDEST * truthRms
        ? Optional.empty()
        : Optional.of(
            "has rms "
                + Numbers.show(residualRms)
                + ", more than "
                + Numbers.show(LOUDEST)
                + " of the rms "
                + Numbers.show(truthRms)
                + " of what it belongs to");
  }

  private Optional<String> outlier() {
    if (finite < ENOUGH) {
      return Optional.empty();
    }
    double rounding = Rounding.halfUlp(expected.dtype(), referenceMax);
    for (int rank = LARGEST - 1; rank > 0; rank--) {
      double usual = Math.max(largest[rank - 1], rounding);
      if (largest[rank] > LARGEST_GAP * usual) {
        return Optional.of(
            "has "
                + Numbers.show(largestSoFar)
                + " at "
                + expected.shape().index(largestAt)
                + ", and "
                + (LARGEST - rank)
                + " such element(s) are over "
                + Numbers.show(LARGEST_GAP)
                + " times all others (next "
                + Numbers.show(largest[rank - 1])
                + ")");
      }
    }
    return Optional.empty();
  }
}
