package parity.harness.replay;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import parity.compare.Comparison;
import parity.compare.limits.Basis;
import parity.compare.verdict.Control;
import parity.compare.verdict.Status;
import parity.compare.verdict.Verdict;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.tap.TapSource;
import parity.harness.capture.TapFiles;
import parity.harness.judge.Judge;
import parity.harness.limits.FixedLimits;
import parity.harness.plan.ModulePlan;
import parity.harness.port.Rerun;
import parity.tensors.Tensor;

/**
 * Holds every module on its own against the captured tap of its name: the part is run once more,
 * and each module is given the reference's own inputs, so nothing that was wrong before it counts.
 *
 * <p>A captured tensor is handed on only where the native side has computed one of its type and
 * shape; in place of any other the native side goes on with its own.
 */
final class Isolated implements TapSource {
  /** So many tensors are computed twice, to see whether they come out the same. */
  private static final int REPEATED = 100;

  private static final int BLOCK = 1 << 16;

  private final ModulePlan plan;
  private final TapFiles files;
  private final Predicate<String> fits;
  private final Judge judge;
  private final SameOutput sameOutput;
  private final Map<String, Long> checksums = new HashMap<>();

  /**
   * Replays a part.
   *
   * @param fits of which captured tensors the native side has its like
   */
  Isolated(ModulePlan plan, Predicate<String> fits, Judge judge) {
    this.plan = plan;
    this.files = plan.files();
    this.fits = fits;
    this.judge = judge;
    this.sameOutput = new SameOutput(files);
  }

  /** Whether there is a float64 truth to judge by. */
  boolean hasTruth() {
    return files.isolatedTruth().isPresent();
  }

  @Override
  public Optional<Tensor> get(String path, int call) {
    return name(path, call).map(files::get);
  }

  private Optional<String> name(String path, int call) {
    return files.nameOf(path, call).filter(fits);
  }

  /** Runs the part, and compares. */
  void compare(Rerun part) {
    part.run(this, new Sink(this::compare));
  }

  private void compare(String name, Tensor actual) {
    checksums.put(name, checksum(actual));
    judge(name, name, actual);
    plan.twin().apply(name).filter(judge::wants).ifPresent(other -> judge(other, name, actual));
  }

  private void judge(String as, String name, Tensor actual) {
    basis(name).ifPresent(basis -> judge.alone(as, files.get(name), actual, basis));
  }

  /** What a tensor is judged by; empty if there is no truth of it alone. */
  private Optional<Basis> basis(String name) {
    if (TapFiles.isInput(name)) {
      return Optional.of(FixedLimits.MODULE_INPUTS);
    }
    return plan.truths()
        .basis(files.inputs().isPresent() ? name : sameOutput.outermost(name), plan.withoutTruth());
  }

  /** Runs the part again, and says whether it computes the same, bit for bit. */
  void repeat(Rerun part) {
    int[] equal = {0};
    String[] first = {""};
    int most = Math.min(REPEATED, checksums.size());
    runUntilDone(
        part,
        (name, actual) -> {
          Long before = checksums.get(name);
          if (before == null || before != checksum(actual)) {
            first[0] = name;
            throw new Done();
          }
          if (++equal[0] == most) {
            throw new Done();
          }
        });
    judge.note(
        first[0].isEmpty()
            ? "repeatable: %d of %d modules' outputs computed twice, equal bit for bit"
                .formatted(equal[0], checksums.size())
            : "NOT REPEATABLE: %s came out otherwise the second time, after %d that were equal"
                .formatted(first[0], equal[0]));
  }

  /** Runs the part with a fault in it, until the fault is seen. */
  Control control(String fault, Rerun part) {
    String[] seenAt = {""};
    int[] looked = {0};
    runUntilDone(
        part,
        (name, actual) -> {
          looked[0]++;
          Optional<Verdict> verdict =
              basis(name).map(basis -> Comparison.compare(name, files.get(name), actual, basis));
          if (verdict.filter(found -> found.status() == Status.FAIL).isPresent()) {
            seenAt[0] = name;
            throw new Done();
          }
        });
    return seenAt[0].isEmpty()
        ? new Control(fault, false, "nothing of " + looked[0] + " tensors is FAIL")
        : new Control(fault, true, "by " + seenAt[0]);
  }

  private void runUntilDone(Rerun part, Taker taker) {
    try {
      part.run(this, new Sink(taker));
    } catch (Done enough) {
      // What is wanted is known.
    }
  }

  private static long checksum(Tensor tensor) {
    CRC32C checksum = new CRC32C();
    MemorySegment data = tensor.data();
    byte[] block = new byte[BLOCK];
    for (long from = 0; from < data.byteSize(); from += BLOCK) {
      int count = (int) Math.min(BLOCK, data.byteSize() - from);
      MemorySegment.copy(data, ValueLayout.JAVA_BYTE, from, block, 0, count);
      checksum.update(block, 0, count);
    }
    return checksum.getValue();
  }

  @FunctionalInterface
  private interface Taker {
    void take(String name, Tensor actual);
  }

  /** Ends a run that has told enough. */
  private static final class Done extends RuntimeException {
    private static final long serialVersionUID = 1;

    Done() {
      super("enough is known", null, false, false);
    }
  }

  private final class Sink implements TapSink {
    private final Taker taker;

    Sink(Taker taker) {
      this.taker = taker;
    }

    @Override
    public boolean wants(String path, int call) {
      return name(path, call).filter(judge::wants).isPresent();
    }

    @Override
    public void accept(String path, int call, Tensor actual) {
      taker.take(name(path, call).orElseThrow(), actual);
    }
  }
}
