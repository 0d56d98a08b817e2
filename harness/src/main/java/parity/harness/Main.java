package parity.harness;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.Objects;
import java.util.Optional;
import parity.harness.cli.ParityCommand;
import parity.harness.cli.QuickDiff;
import parity.harness.cli.WrongUsage;
import parity.harness.console.StandardOutput;
import parity.harness.console.VisibleWriter;
import parity.harness.diff.DiffRequest;
import parity.tensors.BadInputException;
import parity.tensors.Text;
import picocli.CommandLine;

/** The command line: {@code parity VERB}. */
public final class Main {
  /** Wrong usage or bad input. */
  public static final int BAD_INPUT = 3;

  /** A bug of ours. */
  public static final int BUG = 4;

  /** Whoever read standard output has had enough: 128 and SIGPIPE, as shells count it. */
  static final int CLOSED_PIPE = 141;

  private Main() {}

  /** Runs a command line and ends the process with its exit code. */
  public static void main(String[] args) {
    Writer out = new OutputStreamWriter(StandardOutput.ofProcess(), StandardCharsets.UTF_8);
    Writer err = new OutputStreamWriter(System.err, StandardCharsets.UTF_8);
    System.exit(run(out, err, args));
  }

  /** Runs a command line and returns its exit code. */
  public static int run(Writer standardOutput, Writer standardError, String... args) {
    PrintWriter out = new PrintWriter(new VisibleWriter(standardOutput), true);
    PrintWriter err = new PrintWriter(new VisibleWriter(standardError), true);
    int code;
    try {
      Optional<DiffRequest> diff = QuickDiff.of(args);
      code = diff.isPresent() ? diff.get().run(out) : parsed(out, err, args);
      out.flush();
    } catch (RuntimeException | Error e) {
      // Out of memory, say. Uncaught it would end the process with 1, which means a difference.
      code = failed(e, err);
    }
    err.flush();
    return code;
  }

  private static int parsed(PrintWriter out, PrintWriter err, String... args) {
    return ParityCommand.commandLine(args)
        .setOut(out)
        .setErr(err)
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setExecutionStrategy(Main::executed)
        .setParameterExceptionHandler(Main::badUsage)
        .setExecutionExceptionHandler((e, command, result) -> failed(e, command.getErr()))
        .execute(args);
  }

  /** Help is printed here too, and standard output may not take it. */
  private static int executed(CommandLine.ParseResult result) {
    try {
      return new CommandLine.RunLast().execute(result);
    } catch (BadInputException | StandardOutput.ClosedPipeException e) {
      throw new CommandLine.ExecutionException(
          result.commandSpec().commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static int badUsage(CommandLine.ParameterException e, String[] args) {
    return badInput(WrongUsage.line(e), e.getCommandLine().getErr());
  }

  /** What a person, a file, a disk or another process can cause is bad input; the rest is ours. */
  private static int failed(Throwable e, PrintWriter err) {
    return switch (e) {
      case BadInputException bad -> badInput(String.valueOf(bad.getMessage()), err);
      case StandardOutput.ClosedPipeException closed -> CLOSED_PIPE;
      case UncheckedIOException io -> badInput(refused(io), err);
      case InternalError fault when isLostPage(fault) ->
          badInput(
              "a file got shorter while it was read; run again, and replace a file that may be in"
                  + " use by renaming another over it",
              err);
      default -> bug(e, err);
    };
  }

  private static String refused(UncheckedIOException unchecked) {
    IOException e = Objects.requireNonNull(unchecked.getCause());
    String what =
        e instanceof FileSystemException file && file.getFile() != null
            ? file.getFile() + ": "
            : "";
    return what + Text.reason(e) + "; make room there, or choose another place";
  }

  /** What the JVM throws where a page of a mapped file is gone. */
  private static boolean isLostPage(InternalError e) {
    return String.valueOf(e.getMessage()).contains("unsafe memory access");
  }

  private static int badInput(String message, PrintWriter err) {
    err.println("parity: " + Text.oneLine(message));
    return BAD_INPUT;
  }

  private static int bug(Throwable e, PrintWriter err) {
    err.println("parity: a bug of ours, please report it with what follows");
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    err.print(trace.toString().replace("\t", "    "));
    return BUG;
  }
}
