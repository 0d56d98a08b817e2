package parity.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import parity.compare.limits.Basis;
import parity.compare.verdict.Control;
import parity.compare.verdict.Finding;
import parity.compare.verdict.StageReport;
import parity.compare.verdict.Verdict;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

/**
 * Compares a set of named tensors one at a time, so that no more than one need be in memory. Say
 * first what is expected; what has not been given until {@link #finish} is missing.
 */
public final class StageComparison {
  private final SequencedMap<String, TensorInfo> expected;
  private final Map<String, Verdict> verdicts = new HashMap<>();
  private final Map<String, Verdict> isolated = new HashMap<>();
  private final Set<String> isolatedOnly = new HashSet<>();
  private final List<Control> controls = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, String> advice = new HashMap<>();
  private final List<String> outOfScope = new ArrayList<>();
  private final TreeMap<String, TensorInfo> unexpected = new TreeMap<>();

  private StageComparison(SequencedMap<String, TensorInfo> expected) {
    this.expected = expected;
  }

  /**
   * Starts a comparison.
   *
   * @param expected all that the reference has, in execution order: children before parents
   */
  public static StageComparison begin(SequencedMap<String, TensorInfo> expected) {
    return new StageComparison(new LinkedHashMap<>(expected));
  }

  /**
   * Compares one tensor, as {@link Comparison#compare}, and keeps the verdict.
   *
   * @throws IllegalStateException if the name is not expected or was there before
   */
  public Verdict compare(String name, Tensor reference, Tensor actual, Basis basis) {
    return keep(advised(Comparison.compare(name, reference, actual, basis)));
  }

  /**
   * Compares one text, as {@link Comparison#compare(String, String, String)}, and keeps the
   * verdict.
   *
   * @throws IllegalStateException if the name is not expected or was there before
   */
  public Verdict compare(String name, String reference, String actual) {
    return keep(Comparison.compare(name, reference, actual));
  }

  /** Says that a tensor of the reference is not to be compared, and may be missing. */
  public void leaveOut(String name) {
    expected.remove(name);
    outOfScope.add(name);
  }

  /** Whether anything was found out about an expected tensor. */
  public boolean knows(String name) {
    return verdicts.containsKey(name) || isolated.containsKey(name);
  }

  /**
   * Says what would let a tensor be compared, for the case that it cannot be as it is given; to be
   * said before that.
   *
   * @throws IllegalStateException if the name is not expected
   */
  public void advise(String name, String words) {
    if (!expected.containsKey(name)) {
      throw new IllegalStateException(name + " is not expected");
    }
    advice.put(name, words);
  }

  private Verdict advised(Verdict verdict) {
    String words = advice.get(verdict.name());
    return words == null ? verdict : verdict.advised(words);
  }

  /**
   * Leaves one tensor out on purpose.
   *
   * @throws IllegalStateException if the name is not expected or was there before
   */
  public Verdict skip(String name, String reason) {
    return keep(new Verdict.Skipped(name, reason));
  }

  /**
   * Notes that one tensor cannot be judged, because its truth is missing or is not its own.
   *
   * @param why what is the matter, as it goes on after "the float64 truth of F32 [1, 80]"
   * @throws IllegalStateException if the name is not expected or was there before
   */
  public Verdict unusable(String name, String why) {
    TensorInfo info = expected.get(name);
    if (info == null) {
      throw new IllegalStateException(name + " is not expected");
    }
    return keep(new Verdict.TruthUnusable(name, info, why));
  }

  /**
   * Notes a tensor of the candidate that the reference does not have.
   *
   * @throws IllegalStateException if the name is expected
   */
  public void unexpected(String name, TensorInfo actual) {
    if (expected.containsKey(name)) {
      throw new IllegalStateException(name + " is expected");
    }
    unexpected.put(name, actual);
  }

  /**
   * Says that the reference has lost a tensor that it ought to have: it stays missing, whatever the
   * candidate computed.
   *
   * @param actual type and shape of the candidate's
   * @throws IllegalStateException if the name is not expected
   */
  public void lost(String name, TensorInfo actual) {
    if (expected.replace(name, actual) == null) {
      throw new IllegalStateException(name + " is not expected");
    }
  }

  /**
   * Says that of an expected tensor no cumulative verdict will come, and an isolated one only if
   * the candidate has its like: a module's input is no result of its own.
   *
   * @throws IllegalStateException if the name is not expected
   */
  public void isolatedOnly(String name) {
    if (!expected.containsKey(name)) {
      throw new IllegalStateException(name + " is not expected");
    }
    isolatedOnly.add(name);
  }

  /**
   * Compares one tensor that the candidate computed from the reference's own inputs, and keeps the
   * verdict beside the cumulative one.
   *
   * @throws IllegalStateException if the name is not expected or was there before
   */
  public Verdict compareIsolated(String name, Tensor reference, Tensor actual, Basis basis) {
    return keepIsolated(Comparison.compare(name, reference, actual, basis));
  }

  /**
   * Keeps a verdict on a tensor that was computed from the reference's own inputs.
   *
   * @throws IllegalStateException if the name is not expected or was there before
   */
  public Verdict keepIsolated(Verdict verdict) {
    return keep(verdict, isolated);
  }

  /** Keeps what came of a fault that was put in on purpose. */
  public void control(Control control) {
    controls.add(control);
  }

  /** Keeps something that a reader should know and that decides nothing. */
  public void note(String note) {
    notes.add(note);
  }

  private Verdict keep(Verdict verdict) {
    return keep(verdict, verdicts);
  }

  private Verdict keep(Verdict verdict, Map<String, Verdict> kept) {
    String name = verdict.name();
    if (!expected.containsKey(name)) {
      throw new IllegalStateException(name + " is not expected");
    }
    if (kept.putIfAbsent(name, verdict) != null) {
      throw new IllegalStateException(name + " was compared before");
    }
    return verdict;
  }

  /** What was found out about all that was expected or given. */
  public StageReport finish() {
    Map<String, TensorInfo> missing = new TreeMap<>(expected);
    missing.keySet().removeAll(verdicts.keySet());
    missing.keySet().removeAll(isolatedOnly);
    List<Finding> all = new ArrayList<>();
    expected.forEach((name, info) -> {
      if (!isolatedOnly.contains(name) || isolated.containsKey(name)) {
        all.add(finding(name, info));
      }
    });
    List<Finding> others = new ArrayList<>();
    unexpected.forEach((name, info) -> {
      Verdict verdict = new Verdict.Unexpected(name, info, fitting(info, missing));
      others.add(new Finding(name, Optional.of(verdict), Optional.empty()));
    });
    return StageReport.judge(all, others, controls, notes, outOfScope);
  }

  private Finding finding(String name, TensorInfo info) {
    Optional<Verdict> alone = Optional.ofNullable(isolated.get(name));
    if (isolatedOnly.contains(name)) {
      return new Finding(name, Optional.empty(), alone);
    }
    Verdict verdict =
        verdicts.containsKey(name)
            ? verdicts.get(name)
            : advised(Verdict.Missing.perhaps(name, info, fitting(info, unexpected)));
    return new Finding(name, Optional.of(verdict), alone);
  }

  /** The only one of that shape and type; empty if there is none, or a choice. */
  private static Optional<String> fitting(TensorInfo info, Map<String, TensorInfo> others) {
    if (Collections.frequency(others.values(), info) != 1) {
      return Optional.empty();
    }
    return others.entrySet().stream()
        .filter(other -> other.getValue().equals(info))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
