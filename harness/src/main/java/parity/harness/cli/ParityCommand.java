package parity.harness.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import parity.harness.cli.development.BenchCommand;
import parity.harness.cli.development.BenchLlmCommand;
import parity.harness.cli.development.CalibrateCommand;
import parity.harness.cli.development.CodeScoreCommand;
import parity.harness.cli.development.MutationScoreCommand;
import parity.harness.cli.options.Version;
import parity.harness.result.StageName;
import parity.harness.stage.Stages;
import picocli.CommandLine;
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
          + " compared) or mistrusted (a known fault was not detected), 3 wrong usage or bad input,"
          + " 4 a bug of ours.",
      "",
      "parity VERB --help lists the options of a verb."
    })
public final class ParityCommand implements Runnable {
  /** All verbs, in the order of the help. */
  private static final Map<String, Supplier<CommandLine>> VERBS = new LinkedHashMap<>();

  static {
    put("run", RunCommand::new);
    for (StageName stage : Stages.names()) {
      VERBS.put(stage.verb(), () -> StageCommand.of(stage));
    }
    put("replay", ReplayCommand::new);
    put("expect", ExpectCommand::new);
    put("names", NamesCommand::new);
    put("capture", CaptureCommand::new);
    put("synthesize", SynthesizeCommand::new);
    put("diff", DiffCommand::new);
    put("inspect", InspectCommand::new);
    put("check-model", CheckModelCommand::new);
    put("regimes", RegimesCommand::new);
    put("many", ManyCommand::new);
    put("bench", BenchCommand::new);
    put("bench-llm", BenchLlmCommand::new);
    put("calibrate", CalibrateCommand::new);
    put("mutation-score", MutationScoreCommand::new);
    put("code-score", CodeScoreCommand::new);
    put("help", () -> new HelpCommand());
  }

  private static void put(String verb, Supplier<Object> command) {
    VERBS.put(verb, () -> new CommandLine(command.get()));
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /**
   * The command line. Where the first argument is a verb, only that one is made: the others would
   * take longer than comparing two files of a gigabyte.
   */
  public static CommandLine commandLine(String... args) {
    CommandLine all = new CommandLine(new ParityCommand());
    boolean verb = args.length > 0 && !args[0].equals("help") && VERBS.containsKey(args[0]);
    VERBS.forEach((name, command) -> {
      if (!verb || name.equals(args[0])) {
        all.addSubcommand(name, command.get());
      }
    });
    return all;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a verb is missing");
  }
}
