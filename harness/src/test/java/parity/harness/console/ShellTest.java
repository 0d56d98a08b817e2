package parity.harness.console;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

final class ShellTest {
  @Test
  void quoted_aShell_readsItBack() throws Exception {
    for (String word :
        new String[] {"plain", "a b", "it's", "$HOME", "`x`", "\"", "", "#0", "a;b"}) {
      Process shell =
          new ProcessBuilder("sh", "-c", "printf %s " + Shell.quoted(word))
              .redirectErrorStream(true)
              .start();
      assertThat(new String(shell.getInputStream().readAllBytes(), UTF_8)).isEqualTo(word);
    }
  }
}
