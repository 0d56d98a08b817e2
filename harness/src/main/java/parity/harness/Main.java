package parity.harness;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import parity.harness.cli.ParityCommand;
import parity.harness.cli.QuickDiff;
import parity.harness.cli.WrongUsage;
import parity.harness.diff.DiffRequest;
import parity.tensors.BadInputException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The command line: {@code parity VERB}. */
public final class Main {
  /** Wrong usage or bad input. */
  public static final int BAD_INPUT = 3;

  /** A bug of ours. */
  public static final int BUG = 4;

  private Main() {}

  /** Runs a command line and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, args));
  }

  /** Runs a command line and returns its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    int code;
    try {
      Optional<DiffRequest> diff = QuickDiff.of(args);
      code = diff.isPresent() ? diff.get().run(out) : parsed(out, err, args);
    } catch (BadInputException e) {
      code = badInput(e, err);
    } catch (RuntimeException | Error e) {
      // Out of memory, say. Uncaught it would end the process with 1, which means a difference.
      code = bug(e, err);
    }
    out.flush();
    err.flush();
    return code;
  }

  private static int parsed(PrintWriter out, PrintWriter err, String... args) {
    return ParityCommand.commandLine(args)
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(Main::badUsage)
        .setExecutionExceptionHandler(Main::failed)
        .execute(args);
  }

  private static int badUsage(CommandLine.ParameterException e, String[] args) {
    e.getCommandLine().getErr().println("parity: " + oneLine(WrongUsage.line(e)));
    return BAD_INPUT;
  }

  private static int failed(Exception e, CommandLine command, ParseResult result) {
    return e instanceof BadInputException bad
        ? badInput(bad, command.getErr())
        : bug(e, command.getErr());
  }

  private static int badInput(BadInputException e, PrintWriter err) {
    err.println("parity: " + oneLine(String.valueOf(e.getMessage())));
    return BAD_INPUT;
  }

  private static int bug(Throwable e, PrintWriter err) {
    err.println("parity: a bug of ours, please report it with what follows");
    e.printStackTrace(err);
    return BUG;
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ");
  }
}
