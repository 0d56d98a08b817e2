package parity.harness.stage;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import parity.compare.Comparison;
import parity.compare.Hints;
import parity.compare.RepeatedFrame;
import parity.compare.StageComparison;
import parity.compare.limits.Basis;
import parity.compare.verdict.Control;
import parity.compare.verdict.Finding;
import parity.compare.verdict.StageReport;
import parity.compare.verdict.Status;
import parity.compare.verdict.TextDifference;
import parity.compare.verdict.Verdict;
import parity.harness.console.Progress;
import parity.harness.console.StageLog;
import parity.harness.report.BriefLines;
import parity.harness.result.StageName;
import parity.harness.result.StageResult;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

/**
 * The comparisons of one stage: what is expected is said first, then each tensor is held against
 * its reference as it comes, and goes into the log.
 */
final class Checks {
  private final StageName stage;
  private final boolean sayAll;
  private final StageLog log;
  private final Progress progress;
  private final SequencedMap<String, TensorInfo> expected = new LinkedHashMap<>();
  private final List<Runnable> unexpected = new ArrayList<>();
  private final Exhibits exhibits = new Exhibits();
  private final Set<String> hints = new HashSet<>();
  private final Set<String> isolatedOnly = new LinkedHashSet<>();
  private boolean replayable = true;
  private boolean wrong;
  private boolean wrongAlone;
  private StageComparison comparison = StageComparison.begin(expected);

  /**
   * Starts comparisons.
   *
   * @param sayAll whether a watcher hears of every tensor
   */
  Checks(StageName stage, StageLog log, Progress progress, boolean sayAll) {
    this.stage = stage;
    this.sayAll = sayAll;
    this.log = log;
    this.progress = progress;
  }

  /** Says that a tensor is expected, after all that were named before. */
  void expect(String name, TensorInfo info) {
    expected.putIfAbsent(name, info);
  }

  /** As {@link #expect(String, TensorInfo)}, of a tensor of the capture. */
  void expect(String name, Tensor reference) {
    expect(name, new TensorInfo(reference.dtype(), reference.shape()));
  }

  /** Notes a tensor that nobody expects. */
  void unexpected(String name, TensorInfo info) {
    unexpected.add(() -> comparison.unexpected(name, info));
  }

  /** What of the stage a person is to look at. */
  Exhibits exhibits() {
    return exhibits;
  }

  /** Says that an expected tensor is only looked at alone: a module's input is no result. */
  void isolatedOnly(String name) {
    isolatedOnly.add(name);
  }

  /** Says that no module can be looked at alone, as none is computed here. */
  void notReplayable() {
    replayable = false;
  }

  /** Ends the list of what is expected; comparisons may follow. */
  void begin() {
    comparison = StageComparison.begin(expected);
    isolatedOnly.forEach(comparison::isolatedOnly);
    unexpected.forEach(Runnable::run);
    progress.total(expected.size());
  }

  boolean expects(String name) {
    return expected.containsKey(name);
  }

  /** Holds a tensor against its reference. */
  Verdict compare(String name, Tensor reference, Tensor actual, Basis basis) {
    Verdict verdict = logged(comparison.compare(name, reference, actual, basis));
    exhibits.look(verdict, reference, actual, basis);
    boolean mayBeGuessed =
        verdict.status() == Status.FAIL || verdict instanceof Verdict.ShapeDiffers;
    if (mayBeGuessed && !wrong) {
      wrong = true;
      hint(name, reference, actual);
    }
    return verdict;
  }

  /** Guesses at what is the matter with the first that is wrong. */
  private void hint(String name, Tensor reference, Tensor actual) {
    if (reference.dtype().isFloating() && actual.dtype() == reference.dtype()) {
      Hints.find(reference, actual).stream()
          .map(guess -> StageResult.HINT + name + " is " + guess)
          .filter(hints::add)
          .forEach(this::note);
    }
  }

  /** As {@link #compare}; and if it is right, a copy in which one frame is repeated must not be. */
  Verdict compareAndControl(String name, Tensor reference, Tensor actual, Basis basis) {
    Verdict verdict = compare(name, reference, actual, basis);
    if (verdict.status() == Status.PASS && reference.dtype().isFloating()) {
      try (Arena own = Arena.ofConfined()) {
        RepeatedFrame.copyOf(actual, own)
            .ifPresent(faulty -> control(name, reference, faulty, basis));
      }
    }
    return verdict;
  }

  private void control(String name, Tensor reference, Tensor faulty, Basis basis) {
    Verdict verdict = Comparison.compare(name, reference, faulty, basis);
    boolean seen = verdict.status() == Status.FAIL;
    String fault = "one frame of " + name + " repeated";
    control(new Control(fault, seen, seen ? "by itself" : verdict.says()));
  }

  /** Holds a tensor that was computed from the reference's own inputs against its reference. */
  Verdict compareIsolated(String name, Tensor reference, Tensor actual, Basis basis) {
    Verdict verdict = comparison.compareIsolated(name, reference, actual, basis);
    if (verdict.status() == Status.FAIL && !wrongAlone) {
      wrongAlone = true;
      hint(name, reference, actual);
      exhibits.lookAlone(verdict, reference, actual, basis);
    }
    say(verdict, "alone: " + verdict.line());
    return verdict;
  }

  /** Both must be the same, bit by bit. */
  Verdict equal(String name, Tensor reference, Tensor actual) {
    return compare(name, reference, actual, FixedLimits.SAME);
  }

  /** Says that a text is expected, after all that was named before. */
  void expect(String name, String text) {
    expect(name, TextDifference.info(text));
  }

  /** Holds a text against its reference: both must be the same. */
  Verdict compare(String name, String reference, String actual) {
    return logged(comparison.compare(name, reference, actual));
  }

  /** Leaves a tensor neither right nor wrong. */
  void skip(String name, String reason) {
    logged(comparison.skip(name, reason));
  }

  /** The truth of a tensor is missing, so it cannot be judged. */
  void unusable(String name, String why) {
    logged(comparison.unusable(name, why));
  }

  /** Keeps what came of a fault that was put in on purpose. */
  void control(Control control) {
    log.say(control.line());
    comparison.control(control);
  }

  /** Keeps something that a reader should know and that decides nothing. */
  void note(String note) {
    log.say(note);
    comparison.note(note);
  }

  private Verdict logged(Verdict verdict) {
    progress.step();
    say(verdict, verdict.line());
    return verdict;
  }

  /** Where one module alone is looked at, a person reads of each call; else of the stage's sum. */
  private void say(Verdict verdict, String line) {
    if (sayAll) {
      log.say(line, BriefLines.brief(verdict));
    } else {
      log.detail(line);
    }
  }

  /** What came of it all. */
  StageResult finish() {
    StageReport report = report();
    return said(new StageResult.Compared(stage, report, exhibits.all(), replayable));
  }

  /** What came of it where the native side could not run. */
  StageResult blocked(String reason) {
    StageReport report = report();
    return said(new StageResult.Blocked(stage, reason, report, exhibits.all()));
  }

  private StageReport report() {
    StageReport report = comparison.finish();
    for (Finding finding : report.findings()) {
      Verdict verdict = finding.telling();
      if (verdict instanceof Verdict.Missing || verdict instanceof Verdict.Unexpected) {
        log.detail(finding.line());
      }
    }
    return report;
  }

  private StageResult said(StageResult result) {
    log.detail(result.says());
    return result;
  }
}
