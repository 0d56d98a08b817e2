package parity.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import parity.compare.limits.Tolerance;
import parity.compare.scan.ElementScan;
import parity.compare.scan.IntegerDifference;
import parity.compare.scan.IntegerScan;
import parity.compare.scan.Metrics;
import parity.compare.scan.PairScan;
import parity.compare.scan.Workers;
import parity.compare.verdict.Judgement;
import parity.compare.verdict.Verdict;
import parity.compare.view.Place;
import parity.compare.view.TensorView;
import parity.tensors.DType;
import parity.tensors.TensorInfo;

/**
 * Compares many pairs of tensors at once, on several threads, with limits for want of anything
 * better ({@link Tolerance}). What comes out is the same for any number of threads.
 */
public final class SetComparison {
  private final List<Pair> pairs;
  private final Function<DType, Tolerance> tolerances;
  private final int threads;
  private final Verdict[] verdicts;
  private final Look[] looks;

  /**
   * Two tensors of one name.
   *
   * @param actual of any floating type where the expected one is floating, and of any integer type
   *     or boolean where it is not; whether another type may be is the caller's to say
   */
  public record Pair(String name, TensorView expected, TensorView actual) {
    public Pair {
      if (expected.dtype().isFloating() != actual.dtype().isFloating()) {
        throw new IllegalArgumentException(actual + " cannot be compared with " + expected);
      }
    }
  }

  /** What a pair's second look needs of its first. */
  private record Look(
      Metrics metrics, Tolerance tolerance, double atol, boolean vacuous, ElementScan scan) {}

  private SetComparison(List<Pair> pairs, Function<DType, Tolerance> tolerances, int threads) {
    this.pairs = pairs;
    this.tolerances = tolerances;
    this.threads = threads;
    this.verdicts = new Verdict[pairs.size()];
    this.looks = new Look[pairs.size()];
  }

  /**
   * The verdict on each pair, in their order. Integers and booleans must be equal; of two floating
   * types, the coarser one's limits hold.
   */
  public static List<Verdict> compare(
      List<Pair> pairs, Function<DType, Tolerance> tolerances, int threads) {
    return new SetComparison(List.copyOf(pairs), tolerances, threads).compare();
  }

  private List<Verdict> compare() {
    List<Integer> floats = new ArrayList<>();
    List<Integer> whole = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      if (!pair.expected().shape().equals(pair.actual().shape())) {
        verdicts[i] =
            new Verdict.ShapeDiffers(pair.name(), pair.expected().info(), pair.actual().info());
      } else if (pair.expected().elements() == 0) {
        verdicts[i] = new Verdict.Vacuous(pair.name(), pair.expected().info());
      } else {
        (pair.expected().dtype().isFloating() ? floats : whole).add(i);
      }
    }
    List<PairScan> scans =
        floats.stream()
            .map(pairs::get)
            .map(pair -> new PairScan(pair.expected(), pair.actual()))
            .toList();
    Workers.run(scans, threads, job -> firstLook(floats.get(job), scans.get(job)));
    secondLooks();
    List<IntegerScan> integers =
        whole.stream()
            .map(pairs::get)
            .map(pair -> new IntegerScan(pair.expected(), pair.actual()))
            .toList();
    Workers.run(integers, threads, job -> integers(whole.get(job), integers.get(job)));
    return List.copyOf(Arrays.asList(verdicts));
  }

  private void integers(int index, IntegerScan scan) {
    Pair pair = pairs.get(index);
    IntegerDifference difference = scan.difference();
    if (!difference.none()) {
      verdicts[index] =
          new Verdict.IntegersDiffer(
              pair.name(), pair.expected().info(), pair.actual().info(), difference);
    } else if (scan.vacuous()) {
      verdicts[index] = new Verdict.Vacuous(pair.name(), pair.expected().info());
    } else {
      Judgement exact = new Judgement.Exact(pair.expected().elements());
      verdicts[index] =
          new Verdict.Match(pair.name(), pair.expected().info(), exact, Optional.empty());
    }
  }

  /** What can be said at once; the rest is left for {@link #secondLooks}. */
  private void firstLook(int index, PairScan scan) {
    Pair pair = pairs.get(index);
    Metrics metrics = scan.metrics();
    Optional<Place> finiteness = scan.firstFinitenessDifference();
    if (finiteness.isPresent()) {
      verdicts[index] =
          new Verdict.NotFinite(pair.name(), pair.expected().info(), finiteness.get(), metrics);
      return;
    }
    Tolerance tolerance =
        tolerances
            .apply(Tolerance.coarser(pair.expected().dtype(), pair.actual().dtype()))
            .atScale(scan.expectedRms());
    double atol = tolerance.atol(scan.ordinaryRms());
    if (metrics.maxAbs() <= atol) {
      double worst = metrics.maxAbs() == 0 ? 0 : metrics.maxAbs() / atol;
      verdicts[index] =
          judged(
              pair,
              scan.vacuous(),
              new Judgement.Elements(metrics, tolerance, atol, worst, metrics.maxAt(), 0));
    } else {
      ElementScan elements =
          new ElementScan(pair.expected(), pair.actual(), tolerance.rtol(), atol);
      looks[index] = new Look(metrics, tolerance, atol, scan.vacuous(), elements);
    }
  }

  private void secondLooks() {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < looks.length; i++) {
      if (looks[i] != null) {
        left.add(i);
      }
    }
    List<ElementScan> scans = left.stream().map(i -> looks[i].scan()).toList();
    Workers.run(scans, threads, job -> secondLook(left.get(job)));
  }

  private void secondLook(int index) {
    Pair pair = pairs.get(index);
    Look look = looks[index];
    ElementScan.Worst worst = look.scan().worst();
    Place at = Place.of(worst.at(), pair.expected(), pair.actual());
    verdicts[index] =
        judged(
            pair,
            look.vacuous(),
            new Judgement.Elements(
                look.metrics(),
                look.tolerance(),
                look.atol(),
                worst.ratio(),
                Optional.of(at),
                worst.beyond()));
  }

  private static Verdict judged(Pair pair, boolean vacuous, Judgement.Elements judgement) {
    TensorInfo info = pair.expected().info();
    if (!judgement.breaches().isEmpty()) {
      return new Verdict.Mismatch(pair.name(), info, judgement, judgement.metrics());
    }
    return vacuous
        ? new Verdict.Vacuous(pair.name(), info)
        : new Verdict.Match(pair.name(), info, judgement, Optional.of(judgement.metrics()));
  }
}
