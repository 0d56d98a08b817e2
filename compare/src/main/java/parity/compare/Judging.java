package parity.compare;

import java.util.Optional;
import parity.compare.limits.Basis;
import parity.compare.limits.Storage;
import parity.compare.limits.Tolerance;
import parity.compare.noise.Floor;
import parity.compare.noise.NoiseScan;
import parity.compare.noise.TruthScan;
import parity.compare.scan.ElementScan;
import parity.compare.scan.IntegerDifference;
import parity.compare.scan.IntegerScan;
import parity.compare.scan.Metrics;
import parity.compare.scan.PairScan;
import parity.compare.scan.Step;
import parity.compare.verdict.Judgement;
import parity.compare.verdict.Verdict;
import parity.compare.view.Place;
import parity.compare.view.TensorView;
import parity.tensors.DType;
import parity.tensors.TensorInfo;

/**
 * The rules for a pair of tensors, look by look: first those that hold whatever the pair is held
 * against, then its limits.
 */
final class Judging {
  /** How much farther than its reference's a rounding may be, as it is of other numbers. */
  private static final double STORED_MARGIN = 1.1;

  private final String name;
  private final TensorView expected;
  private final TensorView actual;
  private final TensorInfo info;
  private final Metrics metrics;
  private final boolean vacuous;

  private Judging(Pair pair, Metrics metrics, boolean vacuous) {
    this.name = pair.name();
    this.expected = pair.expected();
    this.actual = pair.actual();
    this.info = pair.info();
    this.metrics = metrics;
    this.vacuous = vacuous;
  }

  /** Integers and booleans must be equal; of two lengths, as far as the shorter one goes. */
  static Step<Verdict> integers(Pair pair) {
    IntegerScan scan = new IntegerScan(pair.expected(), pair.actual());
    return new Step.Look<>(scan, () -> new Step.Done<>(integers(pair, scan)));
  }

  private static Verdict integers(Pair pair, IntegerScan scan) {
    IntegerDifference difference = scan.difference();
    if (!difference.none() || !pair.haveOneShape()) {
      return new Verdict.IntegersDiffer(pair.name(), pair.info(), pair.actual().info(), difference);
    }
    return scan.vacuous()
        ? new Verdict.Vacuous(pair.name(), pair.info())
        : new Verdict.Match(
            pair.name(),
            pair.info(),
            new Judgement.Exact(pair.expected().elements()),
            Optional.empty());
  }

  /** Floats of one shape are held against their basis where both are finite. */
  static Step<Verdict> floats(Pair pair, Basis basis) {
    if (!pair.haveOneShape()) {
      return new Step.Done<>(pair.shapeDiffers());
    }
    boolean scaled = basis instanceof Tolerance tolerance && tolerance.asksForScale();
    PairScan scan =
        scaled
            ? PairScan.withScale(pair.expected(), pair.actual())
            : new PairScan(pair.expected(), pair.actual());
    return new Step.Look<>(
        scan, () -> new Judging(pair, scan.metrics(), scan.vacuous()).after(scan, basis));
  }

  private Step<Verdict> after(PairScan scan, Basis basis) {
    Optional<Place> finiteness = scan.firstFinitenessDifference();
    if (finiteness.isPresent()) {
      return new Step.Done<>(new Verdict.NotFinite(name, info, finiteness.get(), metrics));
    }
    if (vacuous && metrics.maxAbs() == 0) {
      // Equal within any limits, also where the truth of a constant can give none.
      return new Step.Done<>(new Verdict.Vacuous(name, info));
    }
    return switch (basis) {
      case Basis.Stored(Basis own, Storage storage) -> new Step.Done<>(stored(own, storage));
      case Tolerance tolerance -> byTolerance(tolerance.atScale(scan.expectedRms()), scan);
      case Basis any when info.dtype() == DType.F64 -> float64(any);
      case Basis.Truth truth -> new Step.Done<>(byTruth(truth, Storage.NONE));
      case Basis.PerElement own -> new Step.Done<>(judged(ownLimits(own, Storage.NONE)));
      case Basis.Signal signal ->
          fixed(signal.relativeL2(), Double.POSITIVE_INFINITY, signal.source());
      case Basis.Fixed fixed ->
          fixed(fixed.relativeL2(), fixed.maxAbs(), "no float64 truth; " + fixed.source());
    };
  }

  private Step<Verdict> fixed(double relativeL2, double maxAbs, String source) {
    return new Step.Done<>(judged(new Judgement.Fixed(metrics, relativeL2, maxAbs, source)));
  }

  /** Each element is looked at on its own only where some difference is above {@code atol}. */
  private Step<Verdict> byTolerance(Tolerance tolerance, PairScan scan) {
    double atol = tolerance.atol(scan::ordinaryRms);
    if (metrics.maxAbs() <= atol) {
      double worst = metrics.maxAbs() == 0 ? 0 : metrics.maxAbs() / atol;
      return new Step.Done<>(
          judged(new Judgement.Elements(metrics, tolerance, atol, worst, metrics.maxAt(), 0)));
    }
    ElementScan elements = new ElementScan(expected, actual, tolerance.rtol(), atol);
    return new Step.Look<>(
        elements, () -> new Step.Done<>(byElements(tolerance, atol, elements.worst())));
  }

  private Verdict byElements(Tolerance tolerance, double atol, ElementScan.Worst worst) {
    Place at = Place.of(worst.at(), expected, actual);
    return judged(
        new Judgement.Elements(
            metrics, tolerance, atol, worst.ratio(), Optional.of(at), worst.beyond()));
  }

  /** A float64 run of what is float64 in the reference gives the reference again. */
  private Step<Verdict> float64(Basis basis) {
    if (basis instanceof Basis.Truth truth && !nothingLeft(TensorView.of(truth.residual()))) {
      return new Step.Done<>(
          new Verdict.TruthUnusable(
              name, info, "is " + truth.residual() + ", not zeros of that shape"));
    }
    return fixed(Basis.FLOAT64_RELATIVE_L2, Double.POSITIVE_INFINITY, "float64 in the reference");
  }

  private boolean nothingLeft(TensorView residual) {
    if (!residual.dtype().isFloating() || !residual.shape().equals(expected.shape())) {
      return false;
    }
    PairScan left = PairScan.run(expected, residual);
    return left.firstFinitenessDifference().isEmpty()
        && left.actualOverExpected() <= Basis.FLOAT64_RELATIVE_L2;
  }

  private Judgement ownLimits(Basis.PerElement own, Storage storage) {
    if (!own.limits().shape().equals(expected.shape())) {
      throw new IllegalArgumentException(own.limits() + " are no limits for " + expected);
    }
    double worst = -1;
    long at = 0;
    for (long i = 0; i < expected.elements() && !Double.isNaN(worst); i++) {
      double difference = Math.abs(actual.getDouble(i) - expected.getDouble(i));
      double limit = own.limits().getDouble(i) + storage.most(expected.getDouble(i));
      double ratio = difference == 0 ? 0 : difference / limit;
      // NaN is the worst there is, and stays it.
      if (!(ratio <= worst)) {
        worst = ratio;
        at = i;
      }
    }
    String source = own.source() + (storage == Storage.NONE ? "" : "; stored in " + storage);
    return new Judgement.PerElement(worst, Place.of(at, expected, actual), source);
  }

  /** The rounding of what was stored is lawful too. */
  private Verdict stored(Basis own, Storage storage) {
    if (own instanceof Basis.Truth truth && info.dtype() != DType.F64) {
      return byTruth(truth, storage);
    }
    if (own instanceof Basis.PerElement each && info.dtype() != DType.F64) {
      return judged(ownLimits(each, storage));
    }
    double squares = 0;
    double ofExpected = 0;
    double largest = 0;
    for (long i = 0; i < expected.elements(); i++) {
      double value = expected.getDouble(i);
      if (Double.isFinite(value)) {
        double error = storage.error(value);
        squares += error * error;
        ofExpected += value * value;
        largest = Math.max(largest, Math.abs(error));
      }
    }
    double measured = ofExpected == 0 ? 0 : Math.sqrt(squares / ofExpected);
    // What is off by lawful rounding already may be rounded to the other neighbour.
    double rounding = expected.elements() < Floor.FEW ? storage.unit() : STORED_MARGIN * measured;
    double relativeL2 =
        switch (own) {
          case Basis any when info.dtype() == DType.F64 -> Basis.FLOAT64_RELATIVE_L2;
          case Basis.Fixed fixed -> fixed.relativeL2();
          case Basis.Signal signal -> signal.relativeL2();
          case Basis other ->
              throw new IllegalArgumentException(other + " is not for what was stored");
        };
    double maxAbs =
        own instanceof Basis.Fixed fixed ? fixed.maxAbs() + largest : Double.POSITIVE_INFINITY;
    return judged(
        new Judgement.Fixed(
            metrics, Math.hypot(relativeL2, rounding), maxAbs, "stored in " + storage));
  }

  private Verdict byTruth(Basis.Truth truth, Storage storage) {
    TensorView residual = TensorView.of(truth.residual());
    if (!residual.dtype().isFloating() || !residual.shape().equals(expected.shape())) {
      return new Verdict.TruthUnusable(name, info, "is " + residual);
    }
    TruthScan scan = new TruthScan(expected, residual, storage);
    Optional<String> unusable = scan.unusable();
    if (unusable.isPresent()) {
      return new Verdict.TruthUnusable(name, info, unusable.get());
    }
    NoiseScan noise = new NoiseScan(expected, residual, actual, scan.floor(), storage);
    return judged(
        new Judgement.Noise(
            scan.floor(),
            noise.sigma(),
            noise.worstGroup(),
            noise.worstElement(),
            noise.worst(),
            noise.gain(),
            storage == Storage.NONE ? truth.limit() : truth.limit().stored(storage)));
  }

  private Verdict judged(Judgement judgement) {
    if (!judgement.breaches().isEmpty()) {
      return new Verdict.Mismatch(name, info, judgement, metrics);
    }
    return vacuous
        ? new Verdict.Vacuous(name, info)
        : new Verdict.Match(name, info, judgement, Optional.of(metrics));
  }
}
