package parity.harness.stage;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import parity.harness.capture.Blocked;
import parity.harness.judge.Audience;
import parity.harness.judge.Judge;
import parity.harness.plan.Declared;
import parity.harness.plan.ModulePlan;
import parity.harness.plan.StagePlan;
import parity.harness.port.Candidate;
import parity.harness.port.CandidateFailure;
import parity.harness.port.Modules;
import parity.harness.port.Port;
import parity.harness.port.Scope;
import parity.harness.replay.ModuleReplay;
import parity.harness.replay.OneModule;
import parity.harness.result.RunResult;
import parity.harness.result.StageResult;

/** One stage: its plan, whoever answers, and the judge between them. */
public final class StageRun {
  /** So many changes are named one by one. */
  private static final int NAMED = 20;

  private final Stage stage;
  private final StageContext context;
  private final Optional<String> changed;
  private final String who;

  private StageRun(Stage stage, StageContext context, boolean ours) {
    this.stage = stage;
    this.who = (ours ? RunResult.Side.JAVA : RunResult.Side.CANDIDATE).caption();
    this.changed = changes(stage, context);
    // A run on a changed capture never passes, so nothing need be shown of how sharp it looks.
    this.context = changed.isPresent() ? context.within(Scope.WHOLE) : context;
  }

  /**
   * Runs a stage.
   *
   * @param candidate who answers in the Java engine's place
   * @param first whether it is the first stage of the run, which answers for tensors of no stage
   * @throws parity.tensors.BadInputException if model or recording cannot be used; what is wrong
   *     with the capture is part of the result
   */
  public static StageResult run(
      Stage stage, StageContext context, Optional<Candidate> candidate, boolean first) {
    StageRun run = new StageRun(stage, context, candidate.isEmpty());
    try (Arena arena = Arena.ofConfined()) {
      Stage.Prepared prepared;
      try {
        prepared = stage.preparation().prepare(run.context.plan(arena));
      } catch (Blocked e) {
        return run.blocked(run.judge(StagePlan.NOTHING), e);
      }
      try (Port port =
          candidate
              .map(given -> CandidatePorts.open(stage, run.context, prepared.plan(), given, first))
              .orElseGet(() -> prepared.java().apply(run.context))) {
        return run.context.module().isPresent()
            ? run.replay(prepared.plan(), port, run.context.module().get())
            : run.run(prepared.plan(), port, arena);
      }
    }
  }

  private StageResult run(StagePlan plan, Port port, Arena arena) {
    Judge judge = judge(plan, port);
    try {
      port.run(judge, arena);
      replay(plan, port, judge).ifPresent(ModuleReplay::all);
      return changed
          .map(judge::blocked)
          .orElseGet(() -> judge.finish(plan.modules().isPresent() && port.modules().isPresent()));
    } catch (CandidateFailure e) {
      return changed.map(judge::blocked).orElseGet(() -> judge.failed(e.reason()));
    } catch (Blocked e) {
      return blocked(judge, e);
    }
  }

  private StageResult replay(StagePlan whole, Port port, String module) {
    StagePlan plan = OneModule.plan(whole, stage.name().label(), module);
    Judge judge = judge(plan);
    try {
      replay(plan, port, judge).ifPresent(replay -> replay.only(module));
      // Nobody is to be sent from a replay to the same replay.
      return changed.map(judge::blocked).orElseGet(() -> judge.finish(false));
    } catch (Blocked e) {
      return blocked(judge, e);
    }
  }

  private Optional<ModuleReplay> replay(StagePlan plan, Port port, Judge judge) {
    Optional<ModulePlan> modules = plan.modules();
    Optional<Modules> runnable = port.modules();
    return modules.isPresent() && runnable.isPresent()
        ? Optional.of(new ModuleReplay(modules.get(), runnable.get(), context.scope(), judge))
        : Optional.empty();
  }

  private StageResult blocked(Judge judge, Blocked e) {
    return judge.blocked(changed.map(change -> change + "; ").orElse("") + e.reason());
  }

  private Judge judge(StagePlan plan, Port port) {
    return new Judge(
        stage.name(), plan, port::answers, context.declared(), sampleRate(), audience());
  }

  private Judge judge(StagePlan plan) {
    return new Judge(
        stage.name(), plan, expectation -> true, Declared.ALL, sampleRate(), audience());
  }

  private int sampleRate() {
    return context.port().config().sampleRate();
  }

  private Audience audience() {
    return new Audience(
        who, context.port().log(), context.progress(), context.module().isPresent());
  }

  /** What of the capture is no longer as it was; the numbers are compared all the same. */
  private static Optional<String> changes(Stage stage, StageContext context) {
    List<String> changes = context.port().capture().changes(stage.captureFiles());
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    String more =
        changes.size() > NAMED ? " and " + (changes.size() - NAMED) + " more changes" : "";
    return Optional.of(
        changes.stream().limit(NAMED).collect(Collectors.joining(", "))
            + more
            + " since the capture, by its checksums.txt; restore it, or capture again");
  }
}
