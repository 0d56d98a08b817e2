package parity.harness.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parity.tensors.file.LinesFile;

/**
 * What of a capture a person declares is to be compared. The rest is out of scope: reports say so,
 * and it opens no question.
 *
 * @param option as it was given; empty where all is to be compared
 * @param onlyGiven whether what one of the sides does not hold is out of scope
 * @param patterns what names must be like, where that was said
 */
public record Declared(
    Optional<String> option, boolean onlyGiven, Optional<List<Pattern>> patterns) {
  /** Everything that a capture holds. */
  public static final Declared ALL = new Declared(Optional.empty(), false, Optional.empty());

  private static final String GIVEN = "given";

  /**
   * What a person gave: {@code given}, or a file of names, in which {@code *} is any text.
   *
   * @throws parity.tensors.BadInputException if the file cannot be read, or names nothing
   */
  public static Declared of(String given) {
    return given.equals(GIVEN)
        ? new Declared(Optional.of(given), true, Optional.empty())
        : new Declared(
            Optional.of(given),
            false,
            Optional.of(
                LinesFile.read(Path.of(given), "--expect", "name").stream()
                    .map(Declared::pattern)
                    .toList()));
  }

  private static Pattern pattern(String line) {
    return Pattern.compile(
        Stream.of(line.split("\\*+", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }

  /** Whether a tensor of that name is to be compared, if both sides hold it. */
  public boolean includes(String name) {
    return patterns
        .map(all -> all.stream().anyMatch(pattern -> pattern.matcher(name).matches()))
        .orElse(true);
  }
}
