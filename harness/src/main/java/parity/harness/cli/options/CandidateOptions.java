package parity.harness.cli.options;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parity.harness.names.NamesFile;
import parity.harness.port.Candidate;
import parity.harness.run.GivenFolder;
import parity.tensors.BadInputException;
import picocli.CommandLine.Option;

/** What is compared in the native side's place. */
public final class CandidateOptions {
  @Option(
      names = "--candidate",
      paramLabel = "DIR|COMMAND",
      description =
          "Compare another port instead of Java: a folder of tensors that it computed, or a command"
              + " that holds {inputs} and {outputs} and runs once for each stage"
              + " (docs/reference/candidate.md).")
  private @Nullable String candidate;

  @Option(
      names = "--names",
      paramLabel = "FILE",
      description = "YAML file: the candidate's own names, orders of axes and types.")
  private @Nullable Path names;

  @Option(
      names = "--candidate-timeout",
      paramLabel = "SECONDS",
      description = "Time limit of the candidate's command in each stage (default: 600).")
  private @Nullable Long seconds;

  /** Whether there is one. */
  boolean isGiven() {
    return candidate != null;
  }

  /**
   * The candidate, if one is given.
   *
   * @throws BadInputException if it is none, or there is none and another option is about it
   */
  Optional<Candidate> get() {
    if (candidate == null) {
      if (names != null || seconds != null) {
        throw new BadInputException(
            (names != null ? "--names" : "--candidate-timeout")
                + ": is of use only with a candidate; give --candidate too, or leave it out");
      }
      return Optional.empty();
    }
    NamesFile said = names == null ? NamesFile.NONE : NamesFile.read(names);
    Candidate found =
        Candidate.of(candidate, Duration.ofSeconds(seconds == null ? 600 : seconds), said);
    if (found instanceof Candidate.Folder folder) {
      GivenFolder.requireDumps(folder.path(), "--candidate");
    }
    return Optional.of(found);
  }
}
