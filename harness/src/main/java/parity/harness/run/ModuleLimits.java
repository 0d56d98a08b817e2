package parity.harness.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import parity.compare.Limits;

/** The table of how noisy each kind of CosyVoice3's modules may be. */
final class ModuleLimits {
  private static final String TABLE = "/parity/harness/limits.txt";

  private ModuleLimits() {}

  static Limits load() {
    try (InputStream in = ModuleLimits.class.getResourceAsStream(TABLE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return Limits.parse(TABLE.substring(TABLE.lastIndexOf('/') + 1), lines.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
