package parity.harness.limits;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import parity.compare.limits.Limits;

/** The table of how noisy each kind of CosyVoice3's modules may be. */
public final class ModuleLimits {
  private static final String TABLE = "/parity/harness/limits.txt";

  private ModuleLimits() {}

  /** The table, ready for use. */
  public static Limits load() {
    return Limits.parse(TABLE.substring(TABLE.lastIndexOf('/') + 1), lines());
  }

  /** The table as it stands in the project. */
  public static List<String> lines() {
    try (InputStream in = ModuleLimits.class.getResourceAsStream(TABLE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
