package parity.harness.python;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parity.tensors.BadInputException;

/** The Python package of {@code capture/}, run from its sources with no installation. */
public final class CapturePackage {
  /** How the package ends that was stopped by an interrupt, as shells count it. */
  static final int STOPPED = 130;

  /** Tells Python to end when this process does: {@code interrupts.py}. */
  private static final String WATCHED = "PARITY_PARENT";

  private static final int BUG = 4;
  private static final int SIGNALLED = 128;
  private static final int KILLED = 9;
  private static final int CLEAN_UP_SECONDS = 60;

  private final Interpreter python;
  private final Path sources;
  private @Nullable Process process;
  private boolean ending;

  /**
   * Nothing is started yet.
   *
   * @param sources the folder that holds the package's folder
   */
  public CapturePackage(Interpreter python, Path sources) {
    this.python = python;
    this.sources = sources;
  }

  /**
   * Runs the package on these arguments, with this process's output streams and environment. When
   * this process is ended, so is the package, and its clean-up is waited for; when it is killed,
   * the package ends by itself.
   *
   * @param err gets a line when Python did not end as the package does
   * @return the package's exit code: 0, 3, 4 or 130; all other ends of Python are a 4
   * @throws BadInputException if there is no such Python
   */
  public int run(List<String> arguments, PrintWriter err) {
    try {
      // Before the start, so that no moment is without it; never taken back, as it does no harm.
      Runtime.getRuntime().addShutdownHook(new Thread(this::end));
      return exitCode(start(arguments).waitFor(), err);
    } catch (InterruptedException e) {
      end();
      return STOPPED;
    }
  }

  private synchronized Process start(List<String> arguments) throws InterruptedException {
    if (ending) {
      throw new InterruptedException("ended before it was started");
    }
    List<String> command = new ArrayList<>(List.of(python.program(), "-u", "-m", "parity_capture"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    Map<String, String> environment = builder.environment();
    environment.put(WATCHED, Long.toString(ProcessHandle.current().pid()));
    String inherited = environment.getOrDefault("PYTHONPATH", "");
    environment.put(
        "PYTHONPATH",
        inherited.isEmpty() ? sources.toString() : sources + File.pathSeparator + inherited);
    try {
      Process started = builder.start();
      process = started;
      return started;
    } catch (IOException e) {
      throw new BadInputException(
          python.origin()
              + ": no such program, or it cannot be run; it must be a Python with upstream's"
              + " packages, which tools/setup_python.sh makes",
          e);
    }
  }

  private synchronized void end() {
    ending = true;
    if (process == null || !process.isAlive()) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(CLEAN_UP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }

  private synchronized boolean isEnding() {
    return ending;
  }

  private int exitCode(int code, PrintWriter err) {
    if (isEnding()) {
      return STOPPED;
    }
    return switch (code) {
      case 0, 3, BUG, STOPPED -> code;
      default -> {
        err.println("parity capture: " + python.program() + " " + strangeEnd(code));
        yield BUG;
      }
    };
  }

  private static String strangeEnd(int code) {
    if (code == SIGNALLED + KILLED) {
      return "was killed by signal 9, mostly because the machine ran out of memory; what it had not"
          + " finished goes with the next capture there";
    }
    return code > SIGNALLED
        ? "was ended by signal %d; what it had not finished goes with the next capture there"
            .formatted(code - SIGNALLED)
        : ("ended with exit code %d, as the capture package never does; what it said stands above,"
                + " and tools/setup_python.sh says whether it is a Python that can be used")
            .formatted(code);
  }
}
