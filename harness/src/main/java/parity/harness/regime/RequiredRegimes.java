package parity.harness.regime;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import parity.harness.result.Exercised;
import parity.tensors.BadInputException;
import parity.tensors.Text;
import parity.tensors.file.LinesFile;

/** A file with the names of regimes that have to happen, one a line; {@code #} begins a remark. */
public final class RequiredRegimes {
  private RequiredRegimes() {}

  /**
   * Reads.
   *
   * @throws BadInputException if it cannot be read, names nothing, or names what is no regime
   */
  public static List<String> read(Path file) {
    Set<String> known =
        Regimes.all().counts().stream().map(Exercised.Count::regime).collect(Collectors.toSet());
    List<String> names = LinesFile.read(file, "--require-regimes", "regime");
    for (String name : names) {
      if (!known.contains(name)) {
        throw new BadInputException(
            "--require-regimes %s: %s is no regime; parity regimes lists all"
                .formatted(file, Text.quote(name)));
      }
    }
    return names.stream().distinct().toList();
  }
}
