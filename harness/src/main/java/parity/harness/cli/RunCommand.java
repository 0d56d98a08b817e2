package parity.harness.cli;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import parity.harness.result.StageName;
import parity.tensors.BadInputException;
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
          "Some of text, frontend, llm, flow, hift, end_to_end, divided by commas (default: all).")
  private String[] stages = {"text", "frontend", "llm", "flow", "hift", "end_to_end"};

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    return StageRunner.run(spec, run, compute, stages(stages));
  }

  /**
   * Stages by name.
   *
   * @throws BadInputException if there is no stage of one of the names
   */
  static Set<StageName> stages(String... names) {
    Set<StageName> chosen = EnumSet.noneOf(StageName.class);
    Arrays.stream(names).map(RunCommand::stage).forEach(chosen::add);
    return chosen;
  }

  private static StageName stage(String name) {
    try {
      return StageName.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          "--stages "
              + name
              + ": no such stage; there are text, frontend, llm, flow, hift and end_to_end",
          e);
    }
  }
}
