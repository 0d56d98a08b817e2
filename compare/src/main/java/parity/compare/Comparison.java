package parity.compare;

import java.util.Optional;
import parity.compare.limits.Basis;
import parity.compare.noise.NoiseScan;
import parity.compare.noise.TruthScan;
import parity.compare.scan.IntegerDifference;
import parity.compare.scan.Metrics;
import parity.compare.scan.PairScan;
import parity.compare.scan.Scaled;
import parity.compare.verdict.Judgement;
import parity.compare.verdict.TextDifference;
import parity.compare.verdict.Verdict;
import parity.compare.view.Place;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

/** Compares one tensor of a candidate with the reference's. */
public final class Comparison {
  private Comparison() {}

  /**
   * The verdict on one tensor: hygiene first, then noise or fixed limits.
   *
   * @param expected what the reference computed
   * @param actual what the candidate computed
   * @param basis what floats are judged by; integers and booleans must be equal, and a tensor that
   *     is float64 in the reference has a limit of its own
   */
  public static Verdict compare(String name, Tensor expected, Tensor actual, Basis basis) {
    TensorInfo wanted = new TensorInfo(expected.dtype(), expected.shape());
    TensorInfo given = new TensorInfo(actual.dtype(), actual.shape());
    if (wanted.dtype() != given.dtype()) {
      return new Verdict.DtypeDiffers(name, wanted, given);
    }
    if (!wanted.dtype().isFloating()) {
      return integers(name, expected, actual, wanted, given);
    }
    if (!wanted.shape().equals(given.shape())) {
      return new Verdict.ShapeDiffers(name, wanted, given);
    }
    PairScan scan = PairScan.of(expected, actual);
    Metrics metrics = scan.metrics();
    Optional<Place> finiteness = scan.firstFinitenessDifference();
    if (finiteness.isPresent()) {
      return new Verdict.NotFinite(name, wanted, finiteness.get(), metrics);
    }
    if (scan.vacuous() && metrics.maxAbs() == 0) {
      // Equal within any limits, also where the truth of a constant can give none.
      return new Verdict.Vacuous(name, wanted);
    }
    Verdict verdict = within(name, expected, actual, basis, metrics);
    return scan.vacuous() && verdict instanceof Verdict.Match
        ? new Verdict.Vacuous(name, wanted)
        : verdict;
  }

  /** The verdict on tensors that are finite in the same places. */
  private static Verdict within(
      String name, Tensor expected, Tensor actual, Basis basis, Metrics metrics) {
    TensorInfo wanted = new TensorInfo(expected.dtype(), expected.shape());
    if (wanted.dtype() == DType.F64) {
      if (basis instanceof Basis.Truth truth && !nothingLeft(expected, truth.residual())) {
        return new Verdict.TruthUnusable(
            name, wanted, "is " + truth.residual() + ", not zeros of that shape");
      }
      return judged(
          name,
          wanted,
          metrics,
          new Judgement.Fixed(
              metrics,
              Basis.FLOAT64_RELATIVE_L2,
              Double.POSITIVE_INFINITY,
              "float64 in the reference"));
    }
    return switch (basis) {
      case Basis.Truth truth -> byTruth(name, expected, actual, truth, metrics);
      case Basis.PerElement own -> judged(name, wanted, metrics, ownLimits(expected, actual, own));
      case Basis.Signal signal ->
          judged(
              name,
              wanted,
              metrics,
              new Judgement.Fixed(
                  metrics, signal.relativeL2(), Double.POSITIVE_INFINITY, signal.source()));
      case Basis.Fixed fixed ->
          judged(
              name,
              wanted,
              metrics,
              new Judgement.Fixed(
                  metrics,
                  fixed.relativeL2(),
                  fixed.maxAbs(),
                  "no float64 truth; " + fixed.source()));
    };
  }

  /**
   * The verdict on a text of a candidate: it is right if it is the reference's, character by
   * character.
   */
  public static Verdict compare(String name, String expected, String actual) {
    TensorInfo info = TextDifference.info(expected);
    return expected.equals(actual)
        ? expected.isEmpty()
            ? new Verdict.Vacuous(name, info)
            : new Verdict.Match(
                name, info, new Judgement.Exact(info.shape().elements()), Optional.empty())
        : new Verdict.TextsDiffer(name, info, new TextDifference(expected, actual));
  }

  /** A float64 run of what is float64 in the reference gives the reference again. */
  private static boolean nothingLeft(Tensor expected, Tensor residual) {
    if (!residual.dtype().isFloating() || !residual.shape().equals(expected.shape())) {
      return false;
    }
    Scaled left = Scaled.ZERO;
    Scaled whole = Scaled.ZERO;
    for (long i = 0; i < expected.elements(); i++) {
      left = left.plus(Scaled.square(residual.getDouble(i)));
      whole = whole.plus(Scaled.square(expected.getDouble(i)));
    }
    return left.sqrt().over(whole.sqrt()) <= Basis.FLOAT64_RELATIVE_L2;
  }

  private static Verdict integers(
      String name, Tensor expected, Tensor actual, TensorInfo wanted, TensorInfo given) {
    IntegerDifference difference = IntegerDifference.of(expected, actual);
    if (!difference.none() || !wanted.shape().equals(given.shape())) {
      return new Verdict.IntegersDiffer(name, wanted, given, difference);
    }
    return constant(expected)
        ? new Verdict.Vacuous(name, wanted)
        : new Verdict.Match(
            name, wanted, new Judgement.Exact(expected.elements()), Optional.empty());
  }

  /** Whether an integer tensor is empty, all zero, or has one value more than once. */
  private static boolean constant(Tensor tensor) {
    for (long at = 1; at < tensor.elements(); at++) {
      if (tensor.getLong(at) != tensor.getLong(0)) {
        return false;
      }
    }
    return tensor.elements() != 1 || tensor.getLong(0) == 0;
  }

  private static Judgement ownLimits(Tensor expected, Tensor actual, Basis.PerElement own) {
    if (!own.limits().shape().equals(expected.shape())) {
      throw new IllegalArgumentException(own.limits() + " are no limits for " + expected);
    }
    double worst = -1;
    long at = 0;
    for (long i = 0; i < expected.elements() && !Double.isNaN(worst); i++) {
      double difference = Math.abs(actual.getDouble(i) - expected.getDouble(i));
      double ratio = difference == 0 ? 0 : difference / own.limits().getDouble(i);
      // NaN is the worst there is, and stays it.
      if (!(ratio <= worst)) {
        worst = ratio;
        at = i;
      }
    }
    Place place = new Place(at, expected.shape(), expected.getDouble(at), actual.getDouble(at));
    return new Judgement.PerElement(worst, place, own.source());
  }

  private static Verdict byTruth(
      String name, Tensor expected, Tensor actual, Basis.Truth truth, Metrics metrics) {
    TensorInfo info = new TensorInfo(expected.dtype(), expected.shape());
    Tensor residual = truth.residual();
    Shape shape = residual.shape();
    if (!residual.dtype().isFloating() || !shape.equals(expected.shape())) {
      return new Verdict.TruthUnusable(name, info, "is " + residual);
    }
    TruthScan scan = new TruthScan(expected, residual);
    Optional<String> unusable = scan.unusable();
    if (unusable.isPresent()) {
      return new Verdict.TruthUnusable(name, info, unusable.get());
    }
    NoiseScan noise = new NoiseScan(expected, residual, actual, scan.floor());
    Judgement judgement =
        new Judgement.Noise(
            scan.floor(),
            noise.sigma(),
            noise.worstGroup(),
            noise.worstElement(),
            noise.worst(),
            noise.gain(),
            truth.limit());
    return judged(name, info, metrics, judgement);
  }

  private static Verdict judged(
      String name, TensorInfo info, Metrics metrics, Judgement judgement) {
    return judgement.breaches().isEmpty()
        ? new Verdict.Match(name, info, judgement, Optional.of(metrics))
        : new Verdict.Mismatch(name, info, judgement, metrics);
  }
}
