package parity.harness.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
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

  @Option(
      names = "--candidate-space",
      paramLabel = "MB",
      description =
          "Megabytes that the candidate's command may write in each stage (default: twice what its"
              + " tensors take in float64, and 1 GiB).")
  private @Nullable Long megabytes;

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
      alone("--names", names);
      alone("--candidate-timeout", seconds);
      alone("--candidate-space", megabytes);
      return Optional.empty();
    }
    NamesFile said = names == null ? NamesFile.NONE : NamesFile.read(names);
    Candidate.Bounds bounds =
        Candidate.Bounds.of(
            seconds == null ? 600 : seconds,
            megabytes == null ? OptionalLong.empty() : OptionalLong.of(megabytes));
    Candidate found = Candidate.of(candidate, bounds, said);
    if (found instanceof Candidate.Folder folder) {
      GivenFolder.requireDumps(folder.path(), "--candidate");
    }
    return Optional.of(found);
  }

  private static void alone(String option, @Nullable Object value) {
    if (value != null) {
      throw new BadInputException(
          option + ": is of use only with a candidate; give --candidate too, or leave it out");
    }
  }
}
