package parity.harness.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The registry of verbs. */
@Command(
    name = "parity",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Does a native CosyVoice3 compute what upstream Python computed?",
    footer = {
      "",
      "Exit codes: 0 parity holds, 1 it does not, 2 inconclusive (something expected was not"
          + " compared), 3 wrong usage or bad input, 4 a bug of ours."
    },
    subcommands = {
      RunCommand.class,
      FrontendCommand.class,
      LlmCommand.class,
      FlowCommand.class,
      HiftCommand.class,
      CaptureCommand.class,
      InspectCommand.class,
      BenchCommand.class,
      CalibrateCommand.class,
      HelpCommand.class
    })
public final class ParityCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a verb is missing");
  }
}
