package parity.harness.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
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
          + " compared), 3 wrong usage or bad input, 4 a bug of ours."
    })
public final class ParityCommand implements Runnable {
  /** All verbs, in the order of the help. */
  private static final Map<String, Supplier<Object>> VERBS = new LinkedHashMap<>();

  static {
    VERBS.put("run", RunCommand::new);
    VERBS.put("text", TextCommand::new);
    VERBS.put("frontend", FrontendCommand::new);
    VERBS.put("llm", LlmCommand::new);
    VERBS.put("flow", FlowCommand::new);
    VERBS.put("hift", HiftCommand::new);
    VERBS.put("end-to-end", EndToEndCommand::new);
    VERBS.put("replay", ReplayCommand::new);
    VERBS.put("capture", CaptureCommand::new);
    VERBS.put("synthesize", SynthesizeCommand::new);
    VERBS.put("diff", DiffCommand::new);
    VERBS.put("inspect", InspectCommand::new);
    VERBS.put("check-model", CheckModelCommand::new);
    VERBS.put("many", ManyCommand::new);
    VERBS.put("bench", BenchCommand::new);
    VERBS.put("bench-llm", BenchLlmCommand::new);
    VERBS.put("calibrate", CalibrateCommand::new);
    VERBS.put("mutation-score", MutationScoreCommand::new);
    VERBS.put("help", () -> new HelpCommand());
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
