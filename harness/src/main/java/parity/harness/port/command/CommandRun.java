package parity.harness.port.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import parity.harness.console.Shell;
import parity.harness.port.Candidate;
import parity.tensors.BadInputException;

/** Runs a candidate's command once, with its children, and keeps what it said. */
public final class CommandRun {
  /** Lines of its output that are shown. */
  private static final int LAST_LINES = 20;

  /** Bytes of its output in which these are looked for, however much it said. */
  private static final long LAST_BYTES = 1 << 16;

  /** Seconds in which a process that was told to end has to be gone. */
  private static final long GRACE = 10;

  private final Candidate.Command command;

  public CommandRun(Candidate.Command command) {
    this.command = command;
  }

  /**
   * What came of it.
   *
   * @param failure why its results do not count; empty if it ended well
   * @param lastLines the end of what it said
   */
  public record Ended(Optional<String> failure, List<String> lastLines) {}

  /**
   * Runs the command to its end, or to its time limit.
   *
   * @param log gets all that it says
   * @throws BadInputException if there is no shell to run it
   */
  public Ended run(Path inputs, Path outputs, Path log) {
    String line =
        command
            .line()
            .replace(Candidate.INPUTS, Shell.quoted(inputs.toAbsolutePath().toString()))
            .replace(Candidate.OUTPUTS, Shell.quoted(outputs.toAbsolutePath().toString()));
    Process process;
    try {
      process =
          new ProcessBuilder("/bin/sh", "-c", line)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
    } catch (IOException e) {
      throw new BadInputException("--candidate " + line + ": /bin/sh cannot be started", e);
    }
    try {
      if (!process.waitFor(command.limit().toSeconds(), TimeUnit.SECONDS)) {
        end(process);
        return ended(
            "was ended after " + command.limit().toSeconds() + " s (--candidate-timeout)", log);
      }
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the candidate ran", e);
    }
    int code = process.exitValue();
    return code == 0
        ? new Ended(Optional.empty(), last(log))
        : ended("ended with exit code " + code, log);
  }

  private static void end(Process process) throws InterruptedException {
    kill(process);
    process.waitFor(GRACE, TimeUnit.SECONDS);
  }

  private static void kill(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private static Ended ended(String how, Path log) {
    List<String> lines = last(log);
    String said = lines.isEmpty() ? "it said nothing" : "it last said: " + lines.getLast().strip();
    return new Ended(Optional.of(how + "; " + said), lines);
  }

  private static List<String> last(Path log) {
    try (RandomAccessFile said = new RandomAccessFile(log.toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(LAST_BYTES, said.length())];
      said.seek(said.length() - end.length);
      said.readFully(end);
      List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    } catch (IOException e) {
      return List.of("(what it said cannot be read)");
    }
  }
}
