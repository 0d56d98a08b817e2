package parity.harness.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parity.harness.candidate.Candidate;
import parity.harness.names.NamesFile;
import parity.tensors.BadInputException;
import picocli.CommandLine.Option;

/** What is compared in the native side's place. */
final class CandidateOptions {
  @Option(
      names = "--candidate",
      paramLabel = "DIR|COMMAND",
      description =
          "Another port in the native side's place: a folder of what it computed, or a command with"
              + " {inputs} and {outputs}, which is run for each stage"
              + " (docs/reference/candidate.md).")
  private @Nullable String candidate;

  @Option(
      names = "--names",
      paramLabel = "FILE",
      description = "YAML of what the candidate calls otherwise, with its axes order and type.")
  private @Nullable Path names;

  @Option(
      names = "--candidate-timeout",
      paramLabel = "SECONDS",
      description = "After which a candidate's command is ended, for each stage (default: 600).")
  private @Nullable Long seconds;

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
                + ": is about a candidate, and there is none; give --candidate");
      }
      return Optional.empty();
    }
    NamesFile said = names == null ? NamesFile.NONE : NamesFile.read(names);
    return Optional.of(
        Candidate.of(candidate, Duration.ofSeconds(seconds == null ? 600 : seconds), said));
  }
}
