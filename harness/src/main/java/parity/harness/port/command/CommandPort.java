package parity.harness.port.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Objects;
import parity.harness.console.OnStop;
import parity.harness.plan.Expectation;
import parity.harness.port.Answers;
import parity.harness.port.Candidate;
import parity.harness.port.CandidateFailure;
import parity.harness.port.Port;
import parity.harness.port.dump.Reading;
import parity.tensors.BadInputException;
import parity.tensors.Text;

/** Another port's command: it is run once for the stage, and what it wrote is read. */
public final class CommandPort implements Port {
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
    return expectation.isAskedOfCandidates();
  }

  @Override
  public void run(Answers answers, Arena arena) {
    reading.begin();
    try (Scratch scratch = Scratch.make(Scratch.temporary(), reading.log()::say);
        Descendants descendants = Descendants.watch();
        OnStop _ =
            OnStop.silently(() -> {
              descendants.end();
              scratch.remove();
            })) {
      Path given = scratch.folder("inputs");
      Path outputs = scratch.folder("outputs");
      write(given, scratch);
      reading.log().line("Running %s", Text.visible(command.line()));
      Space space = Space.of(reading.plan(), command.bounds());
      CommandRun.Ended ended =
          new CommandRun(command, space, descendants).run(given, outputs, scratch.path());
      ended.says().forEach(line -> reading.log().say("candidate: " + line));
      if (ended.failure().isPresent()) {
        throw new CandidateFailure(ended.failure().get());
      }
      read(outputs, answers, arena);
    }
  }

  private void write(Path folder, Scratch scratch) {
    try {
      inputs.write(folder);
    } catch (UncheckedIOException e) {
      throw scratch.unusable(Objects.requireNonNull(e.getCause()));
    } catch (BadInputException e) {
      throw e.getCause() instanceof IOException cause ? scratch.unusable(cause) : e;
    }
  }

  private void read(Path folder, Answers answers, Arena arena) {
    try {
      reading.answer(folder, answers, arena);
    } catch (BadInputException e) {
      throw new CandidateFailure("wrote what cannot be used: " + e.getMessage());
    }
  }
}
