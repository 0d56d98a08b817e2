package parity.compare.noise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parity.compare.limits.Storage;
import parity.compare.view.Place;
import parity.compare.view.TensorView;
import parity.compare.view.Widen;
import parity.tensors.Shape;

/**
 * One pass over reference, truth residual and candidate: how the candidate's error stands to the
 * floor. Places where the reference is not finite are left out.
 */
public final class NoiseScan {
  private final TensorView expected;
  private final TensorView actual;
  private final Floor floor;
  private final Storage storage;
  private final List<AxisSums> axes = new ArrayList<>();

  private double errorSquares;
  private double truthSquares;
  private double products;
  private double worstElement;
  private long worstAt;

  public NoiseScan(TensorView expected, TensorView residual, TensorView actual, Floor floor) {
    this(expected, residual, actual, floor, Storage.NONE);
  }

  /**
   * Looks.
   *
   * @param floor with the rounding of {@code storage} in it
   */
  public NoiseScan(
      TensorView expected, TensorView residual, TensorView actual, Floor floor, Storage storage) {
    this.storage = storage;
    this.expected = expected;
    this.actual = actual;
    this.floor = floor;
    Shape shape = expected.shape();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (AxisSums.tells(shape, axis)) {
        axes.add(new AxisSums(shape, axis));
      }
    }
    Widen widen = new Widen();
    double[] truth = new double[Widen.CHUNK];
    double[] own = new double[Widen.CHUNK];
    double[] error = new double[Widen.CHUNK];
    for (long from = 0; from < expected.elements(); from += Widen.CHUNK) {
      int count = (int) Math.min(Widen.CHUNK, expected.elements() - from);
      expected.into(from, truth, count, widen);
      residual.into(from, own, count, widen);
      actual.into(from, error, count, widen);
      look(from, truth, own, error, count);
      for (AxisSums sums : axes) {
        sums.add(from, error, own, truth, count);
      }
    }
  }

  /** Turns the reference into the truth and the candidate into its error, in place. */
  private void look(long from, double[] truth, double[] own, double[] error, int count) {
    double squares = 0;
    double ofTruth = 0;
    double mixed = 0;
    for (int i = 0; i < count; i++) {
      if (!Double.isFinite(truth[i])) {
        truth[i] = 0;
        own[i] = 0;
        error[i] = 0;
        continue;
      }
      truth[i] += own[i];
      if (storage != Storage.NONE) {
        own[i] = Math.hypot(own[i], storage.error(truth[i]));
      }
      error[i] -= truth[i];
      squares += error[i] * error[i];
      ofTruth += truth[i] * truth[i];
      mixed += error[i] * truth[i];
      lookAtElement(from + i, truth[i], Math.abs(error[i]));
    }
    errorSquares += squares;
    truthSquares += ofTruth;
    products += mixed;
  }

  private void lookAtElement(long at, double truth, double error) {
    // The cheap comparison first: no element's own floor is below the common one.
    if (error <= worstElement * floor.atLeastPerElement()) {
      return;
    }
    double held = floor.element(truth);
    double ratio = error / held;
    if (!(ratio <= worstElement)) {
      worstElement = ratio;
      worstAt = at;
    }
  }

  /** The candidate's error in floors: {@code rms(c - t) / F}. */
  public double sigma() {
    double rms = Math.sqrt(errorSquares / Math.max(floor.elements(), 1));
    return rms == 0 ? 0 : rms / floor.rms();
  }

  /** The group that stands out most, along any axis; empty where no axis divides the tensor. */
  public Optional<WorstGroup> worstGroup() {
    return axes.stream()
        .map(sums -> sums.worst(floor))
        .max(Comparator.comparingDouble(WorstGroup::ratio));
  }

  /** The largest error of an element for that element's floor. */
  public double worstElement() {
    return worstElement;
  }

  /** Where that is. */
  public Place worst() {
    return Place.of(worstAt, expected, actual);
  }

  /** How much of the error is the truth itself. */
  public Gain gain() {
    return Gain.of(products, truthSquares, errorSquares, Math.max(floor.elements(), 1));
  }
}
