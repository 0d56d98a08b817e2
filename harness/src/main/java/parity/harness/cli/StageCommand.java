package parity.harness.cli;

import java.util.Set;
import java.util.concurrent.Callable;
import parity.harness.cli.options.ComputeOptions;
import parity.harness.cli.options.RunOptions;
import parity.harness.result.StageName;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The verb of one stage: that stage alone. Its name and its description are the stage's. */
@Command
final class StageCommand implements Callable<Integer> {
  private final StageName stage;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final ComputeOptions compute = new ComputeOptions();

  private StageCommand(StageName stage) {
    this.stage = stage;
  }

  /** The verb of a stage, described. */
  static CommandLine of(StageName stage) {
    CommandLine verb = new CommandLine(new StageCommand(stage));
    verb.getCommandSpec().name(stage.verb()).usageMessage().description(stage.about());
    return verb;
  }

  @Override
  public Integer call() {
    return StageRunner.run(spec, run, compute, Set.of(stage));
  }
}
