package parity.harness.regime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import parity.harness.result.Exercised;
import parity.tensors.BadInputException;
import parity.tensors.Text;
import parity.tensors.file.RegularFile;

/** A file with the names of regimes that have to happen, one a line; {@code #} begins a remark. */
public final class RequiredRegimes {
  private static final int MOST = 1 << 20;

  private RequiredRegimes() {}

  /**
   * Reads.
   *
   * @throws BadInputException if it cannot be read, names nothing, or names what is no regime
   */
  public static List<String> read(Path file) {
    String text = text(file);
    Set<String> known =
        Regimes.all().counts().stream().map(Exercised.Count::regime).collect(Collectors.toSet());
    List<String> names = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String name = line.replaceFirst("#.*", "").strip();
      if (name.isEmpty()) {
        continue;
      }
      if (!known.contains(name)) {
        throw new BadInputException(
            "--require-regimes %s: %s is no regime; parity regimes lists all"
                .formatted(file, Text.quote(name)));
      }
      names.add(name);
    }
    if (names.isEmpty()) {
      throw new BadInputException(
          "--require-regimes %s: names nothing; write a regime a line, as parity regimes lists them"
              .formatted(file));
    }
    return names.stream().distinct().toList();
  }

  private static String text(Path file) {
    try {
      return new String(RegularFile.bytes(file, MOST), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new BadInputException(
          "--require-regimes %s: cannot be read: %s; give a file with a regime a line"
              .formatted(file, Text.reason(e)),
          e);
    }
  }
}
