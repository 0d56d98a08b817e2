package parity.harness.port.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import parity.harness.capture.Blocked;
import parity.harness.plan.Expectation;
import parity.harness.port.Answers;
import parity.harness.port.Candidate;
import parity.harness.port.Port;
import parity.harness.port.dump.Reading;
import parity.tensors.BadInputException;

/** Another port's command: it is run once for the stage, and what it wrote is read. */
public final class CommandPort implements Port {
  /** Name of the file with what the command said. */
  private static final String SAID = "said.log";

  private final Candidate.Command command;
  private final StageInputs inputs;
  private final Reading reading;

  /**
   * A port.
   *
   * @param inputs what the command is given
   * @param reading how what it wrote is read
   */
  public CommandPort(Candidate.Command command, StageInputs inputs, Reading reading) {
    this.command = command;
    this.inputs = inputs;
    this.reading = reading;
  }

  @Override
  public boolean answers(Expectation expectation) {
    return Reading.canAnswer(expectation);
  }

  @Override
  public void run(Answers answers, Arena arena) {
    reading.begin();
    try (Scratch scratch = Scratch.make()) {
      Path given = scratch.folder("inputs");
      Path outputs = scratch.folder("outputs");
      inputs.write(given);
      reading.log().line("Running %s", command.line());
      CommandRun.Ended ended =
          new CommandRun(command).run(given, outputs, scratch.path().resolve(SAID));
      ended.lastLines().forEach(line -> reading.log().say("candidate: " + line));
      if (ended.failure().isPresent()) {
        throw new Blocked("the candidate " + ended.failure().get());
      }
      try {
        reading.answer(outputs, answers, arena);
      } catch (BadInputException e) {
        throw new Blocked("what the candidate wrote cannot be used: " + e.getMessage());
      }
    }
  }

  /** Folders for a command, which are gone afterwards. */
  private record Scratch(Path path) implements AutoCloseable {
    static Scratch make() {
      try {
        return new Scratch(Files.createTempDirectory("parity-candidate"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Path folder(String name) {
      try {
        return Files.createDirectory(path.resolve(name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
