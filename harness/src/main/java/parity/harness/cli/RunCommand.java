package parity.harness.cli;

import java.util.concurrent.Callable;
import parity.harness.cli.options.ComputeOptions;
import parity.harness.cli.options.RunOptions;
import parity.harness.cli.options.StageNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The harness: all stages, verdicts, reports. */
@Command(
    name = "run",
    description = "Compares all stages with a capture, and writes logs and reports.")
final class RunCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--stages",
      split = ",",
      paramLabel = "STAGE",
      description =
          "Stages to compare, separated by commas: text, frontend, llm, flow, hift, end_to_end"
              + " (default: all).")
  private String[] stages = {"text", "frontend", "llm", "flow", "hift", "end_to_end"};

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    return StageRunner.run(spec, run, compute, StageNames.of(stages));
  }
}
