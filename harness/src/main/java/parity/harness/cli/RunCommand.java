package parity.harness.cli;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import parity.harness.report.Words;
import parity.harness.result.StageName;
import parity.harness.stage.Stage;
import parity.harness.stage.Stages;
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
  private String[] stages = Stages.names().stream().map(StageName::label).toArray(String[]::new);

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
    Set<StageName> chosen = Arrays.stream(names).map(RunCommand::stage).collect(Collectors.toSet());
    return Stages.names().stream()
        .filter(chosen::contains)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static StageName stage(String name) {
    return Stages.labelled(name.toLowerCase(Locale.ROOT))
        .map(Stage::name)
        .orElseThrow(() ->
            new BadInputException(
                "--stages %s: no such stage; there are %s"
                    .formatted(
                        name, Words.list(Stages.names().stream().map(StageName::label).toList()))));
  }
}
