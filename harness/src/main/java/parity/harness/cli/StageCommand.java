package parity.harness.cli;

import java.util.Set;
import java.util.concurrent.Callable;
import parity.harness.result.StageName;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One stage alone. */
abstract class StageCommand implements Callable<Integer> {
  private final StageName stage;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final ComputeOptions compute = new ComputeOptions();

  StageCommand(StageName stage) {
    this.stage = stage;
  }

  @Override
  public Integer call() {
    return StageRunner.run(spec, run, compute, Set.of(stage));
  }
}
