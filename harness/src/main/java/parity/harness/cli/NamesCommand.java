package parity.harness.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import parity.harness.cli.options.CandidateStages;
import parity.harness.cli.options.ModelOptions;
import parity.harness.run.GivenFolder;
import parity.harness.suggest.SuggestedNames;
import parity.tensors.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A names file to start from. */
@Command(
    name = "names",
    description =
        "Prints a names file for another port's tensors: which of them is which of a capture, as"
            + " their numbers tell. What is wrong in its numbers is not found; patterns may name it"
            + " all the same.")
final class NamesCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "suggest", description = "What to do; there is no other.")
  @SuppressWarnings("NullAway.Init") // required, set by picocli
  private String action;

  @Parameters(index = "1", paramLabel = "CAPTURE", description = "Folder of a capture.")
  @SuppressWarnings("NullAway.Init") // required, set by picocli
  private Path capture;

  @Parameters(
      index = "2",
      paramLabel = "DUMPS",
      description = "Folder of what the port computed from the capture's inputs.")
  @SuppressWarnings("NullAway.Init") // required, set by picocli
  private Path dumps;

  @Mixin private final CandidateStages stages = new CandidateStages();
  @Mixin private final ModelOptions model = new ModelOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Override
  public Integer call() {
    if (!action.equals("suggest")) {
      throw new BadInputException(
          "names %s: no such action; it is names suggest CAPTURE DUMPS".formatted(action));
    }
    GivenFolder.requireCapture(capture, "CAPTURE");
    GivenFolder.requireDumps(dumps, "DUMPS");
    SuggestedNames suggested =
        SuggestedNames.of(model.get(System.getenv()).folder(), capture, stages.get(), dumps);
    suggested.lines().forEach(spec.commandLine().getOut()::println);
    return suggested.found() > 0 ? 0 : 2;
  }
}
