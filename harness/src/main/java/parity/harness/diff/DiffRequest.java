package parity.harness.diff;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import parity.harness.names.NamesFile;
import parity.tensors.BadInputException;
import parity.tensors.Text;

/**
 * A comparison of two files that somebody asks for.
 *
 * @param names file of what is called otherwise
 * @param worst how many tensors to show
 * @param json whether the result is for machines
 */
public record DiffRequest(
    Path expected,
    Path actual,
    Optional<Path> names,
    GivenLimits limits,
    int worst,
    boolean json,
    int threads) {
  /** How many tensors are shown unless it is said. */
  public static final int WORST = 10;

  /**
   * Judge what was asked for.
   *
   * @throws BadInputException if {@code worst} or {@code threads} is no such number
   */
  public DiffRequest {
    if (worst < 0) {
      throw new BadInputException("--worst " + worst + ": expected a number of tensors, 0 or more");
    }
    if (threads < 1) {
      throw new BadInputException("--threads " + threads + ": at least one thread computes");
    }
  }

  /**
   * Compares, and prints.
   *
   * @return the exit code
   * @throws BadInputException if a file cannot be read, or the names are not theirs
   */
  public int run(PrintWriter out) {
    NamesFile same = names.map(NamesFile::read).orElse(NamesFile.NONE);
    DiffResult result = FileDiff.of(expected, actual, same, limits, threads);
    if (json) {
      out.println(DiffJson.text(result));
    } else {
      DiffText.lines(result, worst).stream().map(Text::visible).forEach(out::println);
    }
    return result.outcome().exitCode();
  }
}
