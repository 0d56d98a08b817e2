package parity.harness.port.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parity.harness.console.Shell;
import parity.harness.port.Candidate;
import parity.tensors.BadInputException;
import parity.tensors.Text;

/** Runs a candidate's command once, within its bounds, and ends all that it leads to. */
final class CommandRun {
  /** How often it is looked at what a command does. */
  private static final Duration TICK = Duration.ofMillis(500);

  /** Milliseconds in which the end of what it said has to come, once nobody says more. */
  private static final long LAST_WORDS = 5000;

  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

  private final Candidate.Command command;
  private final Space space;
  private final Descendants descendants;

  CommandRun(Candidate.Command command, Space space, Descendants descendants) {
    this.command = command;
    this.space = space;
    this.descendants = descendants;
  }

  /**
   * What came of it. Nothing that the command led to is alive, unless the failure says so.
   *
   * @param failure why its results do not count; empty if it ended well
   * @param says lines for the log: the end of what it said, and what had to be done
   */
  record Ended(Optional<String> failure, List<String> says) {}

  /**
   * Runs the command to its end, or to one of its bounds.
   *
   * @param scratch folder of which the bounds of space hold
   * @throws BadInputException if there is no shell to run it
   */
  Ended run(Path inputs, Path outputs, Path scratch) {
    Space.Watch watch = space.watch(scratch);
    Process process = start(inputs, outputs);
    Said said = new Said();
    Thread listener = said.listen(process.getInputStream());
    try {
      Optional<String> stopped = await(process, watch);
      Descendants.End end = descendants.end();
      listener.join(LAST_WORDS);
      Optional<String> failure =
          left(end)
              .or(() -> stopped)
              .or(() -> code(process))
              .or(watch::exceeded)
              .map(how -> how + "; " + said.inOneLine());
      return new Ended(
          failure,
          Stream.concat(
                  said.lastLines().stream(),
                  stopped.isEmpty() && end.ended() > 0
                      ? Stream.of(
                          "(processes that it left running: %d, which were ended)"
                              .formatted(end.ended()))
                      : Stream.empty())
              .toList());
    } catch (InterruptedException e) {
      descendants.end();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the candidate ran", e);
    }
  }

  /** In a session of its own where that can be had, so that {@code kill 0} kills nobody else. */
  private Process start(Path inputs, Path outputs) {
    String line =
        command
            .line()
            .replace(Candidate.INPUTS, Shell.quoted(inputs.toAbsolutePath().toString()))
            .replace(Candidate.OUTPUTS, Shell.quoted(outputs.toAbsolutePath().toString()));
    List<String> words =
        Stream.concat(
                SETSID.stream().filter(Files::isExecutable).limit(1).map(Path::toString),
                Stream.of("/bin/sh", "-c", line))
            .toList();
    try {
      return descendants.start(
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())));
    } catch (IOException e) {
      throw new BadInputException(
          "--candidate %s: /bin/sh cannot be started (%s)"
              .formatted(Text.shown(command.line()), Text.visible(Text.reason(e))),
          e);
    }
  }

  /** Why it has to be ended; nothing if it ended by itself. */
  private Optional<String> await(Process process, Space.Watch watch) throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      Duration left = command.bounds().time().minusNanos(System.nanoTime() - start);
      if (process.waitFor(left.compareTo(TICK) < 0 ? left : TICK)) {
        return Optional.empty();
      }
      if (left.compareTo(TICK) <= 0) {
        return Optional.of(
            "was ended after " + command.bounds().time().toSeconds() + " s (--candidate-timeout)");
      }
      descendants.look();
      Optional<String> exceeded = watch.exceeded();
      if (exceeded.isPresent()) {
        return exceeded;
      }
    }
  }

  private static Optional<String> code(Process process) {
    return process.exitValue() == 0
        ? Optional.empty()
        : Optional.of("ended with exit code " + process.exitValue());
  }

  private static Optional<String> left(Descendants.End end) {
    if (end.quiet()) {
      return Optional.empty();
    }
    return Optional.of(
        end.left().isEmpty()
            ? "left processes that start others faster than they can be ended"
            : "left processes that cannot be ended: "
                + String.join(" ", end.left().stream().map(Object::toString).toList()));
  }
}
