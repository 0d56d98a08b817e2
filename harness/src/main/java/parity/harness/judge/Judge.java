package parity.harness.judge;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import parity.compare.Comparison;
import parity.compare.Hints;
import parity.compare.RepeatedFrame;
import parity.compare.StageComparison;
import parity.compare.limits.Basis;
import parity.compare.limits.Storage;
import parity.compare.verdict.Control;
import parity.compare.verdict.Finding;
import parity.compare.verdict.StageReport;
import parity.compare.verdict.Status;
import parity.compare.verdict.Verdict;
import parity.harness.limits.Yardstick;
import parity.harness.plan.Declared;
import parity.harness.plan.Expectation;
import parity.harness.plan.Reference;
import parity.harness.plan.Role;
import parity.harness.plan.StagePlan;
import parity.harness.port.Answers;
import parity.harness.report.BriefLines;
import parity.harness.result.StageName;
import parity.harness.result.StageResult;
import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

/**
 * Holds what a port answers against the plan of a stage, one tensor at a time, and says what is
 * missing. The same for every port.
 */
public final class Judge implements Answers {
  private final StageName stage;
  private final Declared declared;
  private final Audience audience;
  private final SequencedMap<String, Expectation> asked = new LinkedHashMap<>();
  private final Map<String, TensorInfo> answered = new HashMap<>();
  private final Exhibits exhibits = new Exhibits();
  private final Set<String> hints = new HashSet<>();
  private final Map<Storage, Integer> stored = new EnumMap<>(Storage.class);
  private final Telling telling;
  private final StageComparison comparison;
  private boolean wrong;
  private boolean wrongAlone;

  /**
   * Starts.
   *
   * @param asks of what is expected, what the port can answer
   * @param declared of that, what is to be compared
   * @param sampleRate of waveforms, in Hz
   */
  public Judge(
      StageName stage,
      StagePlan plan,
      Predicate<Expectation> asks,
      Declared declared,
      int sampleRate,
      Audience audience) {
    this.stage = stage;
    this.declared = declared;
    this.audience = audience;
    this.telling = new Telling(audience, exhibits, sampleRate);
    SequencedMap<String, TensorInfo> expected = new LinkedHashMap<>();
    List<String> outside = new ArrayList<>();
    for (Expectation expectation : plan.expectations()) {
      if (asks.test(expectation) && !declared.includes(expectation.name())) {
        outside.add(expectation.name());
      } else if (asks.test(expectation)) {
        asked.put(expectation.name(), expectation);
        expected.put(expectation.name(), expectation.reference().info());
      }
    }
    this.comparison = StageComparison.begin(expected);
    outside.forEach(comparison::leaveOut);
    asked.values().stream()
        .filter(expectation -> expectation.role() == Role.ALONE)
        .forEach(expectation -> comparison.isolatedOnly(expectation.name()));
    plan.strays().forEach(comparison::unexpected);
    audience.progress().total(expected.size());
  }

  @Override
  public boolean wants(String name) {
    return asked.containsKey(name);
  }

  @Override
  public boolean tensor(String name, Tensor actual) {
    return tensor(name, actual, Storage.NONE);
  }

  @Override
  public boolean stored(String name, Tensor actual, DType type) {
    Storage storage = actual.dtype().isFloating() ? Storage.of(type, actual.dtype()) : Storage.NONE;
    if (storage != Storage.NONE) {
      stored.merge(storage, 1, Integer::sum);
    }
    return tensor(name, actual, storage);
  }

  private boolean tensor(String name, Tensor actual, Storage storage) {
    Expectation expectation = expectation(name);
    TensorInfo info = TensorInfo.of(actual);
    answered.put(name, info);
    if (expectation.role() == Role.ALONE) {
      return true;
    }
    return switch (expectation.reference()) {
      case Reference.Numbers(Tensor reference, Yardstick by) ->
          judge(expectation, reference, actual, by, storage);
      case Reference.Lost(TensorInfo lost) -> {
        comparison.lost(name, info);
        yield false;
      }
      case Reference.Words(String text) ->
          throw new IllegalStateException(name + " is a text, and a tensor was given");
    };
  }

  private boolean judge(
      Expectation expectation,
      Tensor reference,
      Tensor actual,
      Yardstick yardstick,
      Storage storage) {
    String name = expectation.name();
    return switch (yardstick.of(actual)) {
      case Yardstick.Judged.By(Basis own) -> {
        Basis basis = storage == Storage.NONE ? own : new Basis.Stored(own, storage);
        Verdict verdict = logged(comparison.compare(name, reference, actual, basis));
        exhibits.look(verdict, reference, actual, basis);
        hintAtTheFirst(verdict, reference, actual);
        boolean right = verdict.status() == Status.PASS;
        if (right && expectation.controlled() && reference.dtype().isFloating()) {
          repeatAFrame(name, reference, actual, basis);
        }
        telling.tell(expectation, reference, actual, basis);
        yield right;
      }
      case Yardstick.Judged.Unusable(String why) -> {
        logged(comparison.unusable(name, why));
        yield false;
      }
    };
  }

  private Expectation expectation(String name) {
    Expectation expectation = asked.get(name);
    if (expectation == null) {
      throw new IllegalStateException(name + " is not asked for");
    }
    return expectation;
  }

  /** Guesses at what is the matter with the first that is wrong. */
  private void hintAtTheFirst(Verdict verdict, Tensor reference, Tensor actual) {
    boolean mayBeGuessed =
        verdict.status() == Status.FAIL || verdict instanceof Verdict.ShapeDiffers;
    if (mayBeGuessed && !wrong) {
      wrong = true;
      hint(verdict.name(), reference, actual);
    }
  }

  private void hint(String name, Tensor reference, Tensor actual) {
    if (reference.dtype().isFloating() && actual.dtype() == reference.dtype()) {
      Hints.find(reference, actual).stream()
          .map(guess -> StageResult.HINT + name + " is " + guess)
          .filter(hints::add)
          .forEach(this::note);
    }
  }

  private void repeatAFrame(String name, Tensor reference, Tensor actual, Basis basis) {
    try (Arena own = Arena.ofConfined()) {
      RepeatedFrame.copyOf(actual, own)
          .ifPresent(faulty ->
              control("one frame of " + name + " repeated", name, reference, faulty, basis));
    }
  }

  private void control(String fault, String name, Tensor reference, Tensor faulty, Basis basis) {
    Verdict verdict = Comparison.compare(name, reference, faulty, basis);
    boolean seen = verdict.status() == Status.FAIL;
    control(new Control(fault, seen, seen ? "by itself" : verdict.says()));
  }

  @Override
  public void faulty(String fault, String name, Tensor actual) {
    if (expectation(name).reference() instanceof Reference.Numbers(Tensor reference, Yardstick by)
        && by.of(actual) instanceof Yardstick.Judged.By(Basis basis)) {
      control(fault, name, reference, actual, basis);
    } else {
      throw new IllegalStateException(name + " cannot be judged, so no fault in it can be seen");
    }
  }

  @Override
  public void alone(String name, Tensor actual) {
    if (expectation(name).reference() instanceof Reference.Numbers(Tensor reference, Yardstick by)
        && by.of(actual) instanceof Yardstick.Judged.By(Basis basis)) {
      alone(name, reference, actual, basis);
    }
  }

  /** Holds a tensor that was computed from the reference's own inputs against its reference. */
  public void alone(String name, Tensor reference, Tensor actual, Basis basis) {
    Verdict verdict = comparison.compareIsolated(name, reference, actual, basis);
    if (verdict.status() == Status.FAIL && !wrongAlone) {
      wrongAlone = true;
      hint(name, reference, actual);
      exhibits.lookAlone(verdict, reference, actual, basis);
    }
    say(verdict, "alone: " + verdict.line());
  }

  /** Whether the port has answered with a tensor of the type and shape that the reference has. */
  public boolean fits(String name) {
    Expectation expectation = asked.get(name);
    return expectation != null
        && expectation.reference() instanceof Reference.Numbers numbers
        && numbers.info().equals(answered.get(name));
  }

  @Override
  public void text(String name, String actual) {
    if (!(expectation(name).reference() instanceof Reference.Words(String text))) {
      throw new IllegalStateException(name + " is no text");
    }
    logged(comparison.compare(name, text, actual));
  }

  @Override
  public void skip(String name, String reason) {
    logged(comparison.skip(name, reason));
  }

  @Override
  public void advise(String name, String words) {
    comparison.advise(name, words);
  }

  @Override
  public void unexpected(String name, TensorInfo info) {
    comparison.unexpected(name, info);
  }

  /** Keeps what came of a fault that was put in on purpose. */
  public void control(Control control) {
    audience.log().say(control.line());
    comparison.control(control);
  }

  @Override
  public void note(String note) {
    audience.log().say(note);
    comparison.note(note);
  }

  private Verdict logged(Verdict verdict) {
    audience.progress().step();
    say(verdict, verdict.line());
    return verdict;
  }

  /** Where one module alone is looked at, a person reads of each call; else of the stage's sum. */
  private void say(Verdict verdict, String line) {
    if (audience.all()) {
      audience.log().say(line, BriefLines.brief(verdict));
    } else {
      audience.log().detail(line);
    }
  }

  /**
   * What came of it all.
   *
   * @param replayable whether a module can be looked at alone
   */
  public StageResult finish(boolean replayable) {
    StageReport report = report();
    return said(new StageResult.Compared(stage, report, exhibits.all(), replayable));
  }

  /** What came of it where the capture cannot be relied on. */
  public StageResult blocked(String reason) {
    return blocked(StageResult.Blocker.CAPTURE, reason);
  }

  /** What came of it where the candidate did not deliver. */
  public StageResult failed(String reason) {
    return blocked(StageResult.Blocker.CANDIDATE, reason);
  }

  private StageResult blocked(StageResult.Blocker by, String reason) {
    StageReport report = report();
    return said(new StageResult.Blocked(stage, by, reason, report, exhibits.all()));
  }

  private StageReport report() {
    leaveOutWhatWasNotGiven();
    stored.forEach((storage, count) -> note(unseen(storage, count)));
    StageReport report = comparison.finish();
    report.outOfScope().forEach(name -> audience.log().detail("out of scope: " + name));
    for (Finding finding : report.findings()) {
      Verdict verdict = finding.telling();
      if (verdict instanceof Verdict.Missing || verdict instanceof Verdict.Unexpected) {
        audience.log().detail(finding.line());
      }
    }
    return report;
  }

  private static String unseen(Storage storage, int count) {
    return String.format(
        Locale.ROOT,
        "%s stored in %s, whose rounding is lawful: what is off by less than that (%.2g of a number)"
            + " cannot be seen there",
        count == 1 ? "1 tensor is" : count + " tensors are",
        storage,
        storage.unit());
  }

  /** Of the results of a stage one must be given, or nothing would tell whether it is right. */
  private void leaveOutWhatWasNotGiven() {
    if (!declared.onlyGiven()) {
      return;
    }
    boolean anyResult =
        asked.values().stream()
            .anyMatch(asks -> asks.role() == Role.OUTPUT && comparison.knows(asks.name()));
    asked.values().stream()
        .filter(asks -> !comparison.knows(asks.name()))
        .filter(asks -> anyResult || asks.role() != Role.OUTPUT)
        .forEach(asks -> comparison.leaveOut(asks.name()));
  }

  private StageResult said(StageResult result) {
    audience.log().detail(result.says());
    return result;
  }
}
