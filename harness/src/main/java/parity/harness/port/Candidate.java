package parity.harness.port;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import parity.harness.names.NamesFile;
import parity.tensors.BadInputException;
import parity.tensors.DType;

/** What is compared in the native side's place. */
public sealed interface Candidate {
  /** What a command must hold: where it finds its inputs. */
  String INPUTS = "{inputs}";

  /** What a command must hold: where it is to write its tensors. */
  String OUTPUTS = "{outputs}";

  /** What it calls its tensors. */
  NamesFile names();

  /** Types of its tensors that are said to be others than the capture's, by expected name. */
  default Map<String, DType> types() {
    return names().types();
  }

  /** A folder of tensors that were computed before. */
  record Folder(Path path, NamesFile names) implements Candidate {
    @Override
    public String toString() {
      return "folder " + path;
    }
  }

  /**
   * A command that is run for each stage.
   *
   * @param line as a shell reads it
   * @param bounds beyond which it is ended
   */
  record Command(String line, Bounds bounds, NamesFile names) implements Candidate {
    @Override
    public String toString() {
      return "command " + line;
    }
  }

  /**
   * What a command may take in one stage.
   *
   * @param bytes that it may write; if none are given, as many as its tensors may need
   */
  record Bounds(Duration time, OptionalLong bytes) {
    private static final long MEGA = 1_000_000;

    /**
     * What a person gave.
     *
     * @throws BadInputException if it allows nothing
     */
    public static Bounds of(long seconds, OptionalLong megabytes) {
      if (seconds < 1) {
        throw new BadInputException(
            "--candidate-timeout " + seconds + ": expected seconds, 1 or more");
      }
      if (megabytes.orElse(1) < 1) {
        throw new BadInputException(
            "--candidate-space " + megabytes.getAsLong() + ": expected megabytes, 1 or more");
      }
      return new Bounds(
          Duration.ofSeconds(seconds),
          megabytes.isEmpty()
              ? megabytes
              : OptionalLong.of(Math.min(megabytes.getAsLong(), Long.MAX_VALUE / MEGA) * MEGA));
    }

    /** As {@link #of} takes it. */
    public OptionalLong megabytes() {
      return bytes.isEmpty() ? bytes : OptionalLong.of(bytes.getAsLong() / MEGA);
    }
  }

  /**
   * What a person gave: a folder if there is one of that name, else a command.
   *
   * @throws BadInputException if it is neither
   */
  static Candidate of(String given, Bounds bounds, NamesFile names) {
    if (given.contains(INPUTS) && given.contains(OUTPUTS)) {
      return new Command(given, bounds, names);
    }
    if (Files.isDirectory(Path.of(given))) {
      return new Folder(Path.of(given), names);
    }
    if (Files.isRegularFile(Path.of(given))) {
      throw new BadInputException(
          "--candidate "
              + given
              + ": is a file; give the folder that holds the candidate's tensors");
    }
    throw new BadInputException(
        "--candidate "
            + given
            + ": no such folder, and no command, as it does not hold both "
            + INPUTS
            + " and "
            + OUTPUTS);
  }
}
