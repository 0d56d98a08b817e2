package parity.harness.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of all faults, by kind. */
public final class Tally {
  private final Map<String, Counts> kinds = new TreeMap<>();
  private final List<String> undetected = new ArrayList<>();
  private final List<String> mislocated = new ArrayList<>();

  /**
   * What came of one kind.
   *
   * @param injected faults that change a result
   * @param detected of those, how many did not pass
   * @param located of those, of how many the module was named right
   * @param equivalent faults that leave every figure of every tensor as it was
   * @param refused faults that ONNX Runtime or a reader refuses, so that nothing is computed
   */
  public record Counts(int injected, int detected, int located, int equivalent, int refused) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          injected + other.injected,
          detected + other.detected,
          located + other.located,
          equivalent + other.equivalent,
          refused + other.refused);
    }
  }

  synchronized void refused(Mutant mutant) {
    add(mutant, new Counts(0, 0, 0, 0, 1));
  }

  synchronized void equivalent(Mutant mutant) {
    add(mutant, new Counts(0, 0, 0, 1, 0));
  }

  synchronized void overlooked(Mutant mutant, String how) {
    add(mutant, new Counts(1, 0, 0, 0, 0));
    undetected.add(mutant + ": " + how);
  }

  /** A fault that the harness did not survive is not detected: nobody is told what is wrong. */
  synchronized void crashed(Mutant mutant, RuntimeException crash) {
    overlooked(mutant, "the harness crashed: " + crash);
  }

  synchronized void seen(Mutant mutant, String named, boolean right) {
    add(mutant, new Counts(1, 1, right ? 1 : 0, 0, 0));
    if (!right) {
      mislocated.add(mutant + " (" + mutant.owner() + "): named " + named);
    }
  }

  private void add(Mutant mutant, Counts counts) {
    kinds.merge(mutant.kind(), counts, Counts::plus);
  }

  /** Counts by kind. */
  public Map<String, Counts> kinds() {
    return kinds;
  }

  /** All kinds together. */
  public Counts all() {
    return kinds.values().stream().reduce(Counts.NONE, Counts::plus);
  }

  /** Faults that were not seen, and how near to a limit they came. */
  public List<String> undetected() {
    return undetected.stream().sorted().toList();
  }

  /** Faults whose module was not named. */
  public List<String> mislocated() {
    return mislocated.stream().sorted().toList();
  }
}
