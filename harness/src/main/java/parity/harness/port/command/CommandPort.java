package parity.harness.port.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import parity.harness.capture.Blocked;
import parity.harness.plan.Expectation;
import parity.harness.plan.StagePlan;
import parity.harness.port.Answers;
import parity.harness.port.Candidate;
import parity.harness.port.Port;
import parity.harness.port.PortContext;
import parity.harness.port.dump.DumpPort;
import parity.tensors.BadInputException;

/** Another port's command: it is run once for the stage, and what it wrote is read. */
public final class CommandPort implements Port {
  /** Name of the file with what the command said. */
  private static final String SAID = "said.log";

  private final PortContext context;
  private final Candidate.Command command;
  private final StageInputs inputs;
  private final StagePlan plan;
  private final DumpPort.Source source;

  /**
   * A port.
   *
   * @param inputs what the command is given
   * @param source how what it wrote is read
   */
  public CommandPort(
      PortContext context,
      Candidate.Command command,
      StageInputs inputs,
      StagePlan plan,
      DumpPort.Source source) {
    this.context = context;
    this.command = command;
    this.inputs = inputs;
    this.plan = plan;
    this.source = source;
  }

  @Override
  public boolean answers(Expectation expectation) {
    return DumpPort.canAnswer(expectation);
  }

  @Override
  public void run(Answers answers, Arena arena) {
    source.names().requireExpected(source.known(), "the capture");
    try (Scratch scratch = Scratch.make()) {
      Path given = scratch.folder("inputs");
      Path outputs = scratch.folder("outputs");
      inputs.write(given);
      context.log().line("Running %s", command.line());
      CommandRun.Ended ended =
          new CommandRun(command).run(given, outputs, scratch.path().resolve(SAID));
      ended.lastLines().forEach(line -> context.log().say("candidate: " + line));
      if (ended.failure().isPresent()) {
        throw new Blocked("the candidate " + ended.failure().get());
      }
      try {
        new DumpPort(context, inputs.stage(), plan, source.in(outputs)).run(answers, arena);
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
