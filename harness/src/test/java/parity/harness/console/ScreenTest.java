package parity.harness.console;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees on terminals of all widths. */
final class ScreenTest {
  @TempDir Path folder;

  private static Screen on(Terminal terminal, int columns) {
    return new Screen(
        new PrintWriter(terminal), Optional.of(new PrintWriter(terminal)), () -> columns);
  }

  @Test
  void line_betweenStatusTextsAtAnyWidth_staysWhole() {
    for (int columns = 1; columns <= 200; columns++) {
      Terminal terminal = new Terminal(columns);
      Screen screen = on(terminal, columns);
      List<String> said = new ArrayList<>();
      for (int length = 1; length <= 2 * columns + 1; length += Math.max(columns / 4, 1)) {
        screen.status("#".repeat(length));
        said.add("a".repeat(length));
        screen.line(said.getLast());
      }
      screen.clear();
      assertWithMessage("%s columns", columns).that(terminal.lines()).isEqualTo(said);
    }
  }

  @Test
  void status_longerThanARow_isCutSoThatItDoesNotWrap() {
    Terminal terminal = new Terminal(20);
    on(terminal, 20).status("flow 100% [" + "=".repeat(80) + "]");
    assertThat(terminal.lines()).containsExactly("flow 100% [========");
  }

  @Test
  void status_shorterThanTheLast_leavesNothingOfIt() {
    Terminal terminal = new Terminal(40);
    Screen screen = on(terminal, 40);
    screen.status("llm 100% [=========] 90/90 tensors");
    screen.status("flow 0%");
    assertThat(terminal.lines()).containsExactly("flow 0%");
    screen.line("done");
    assertThat(terminal.lines()).containsExactly("done", "flow 0%").inOrder();
  }

  @Test
  void line_noTerminal_isPlainText() {
    Terminal file = new Terminal(1000);
    Screen screen = new Screen(new PrintWriter(file), Optional.empty(), () -> 0);
    screen.status("hidden");
    screen.line("said");
    screen.clear();
    assertThat(file.lines()).containsExactly("said");
    assertThat(screen.hasStatus()).isFalse();
  }

  /** The library draws its bar from a thread of its own while the stage says its lines. */
  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 130, 200})
  void log_whileABarIsDrawn_keepsEveryLineWhole(int columns) throws Exception {
    Terminal terminal = new Terminal(columns);
    Screen screen = on(terminal, columns);
    Path file = folder.resolve("test_flow.log");
    List<String> said = new ArrayList<>();
    try (StageLog log = StageLog.open(file, screen);
        Progress bar = new Progress.Bar("flow", " tensors", screen, 1)) {
      bar.total(200);
      for (int i = 0; i < 200; i++) {
        bar.step();
        said.add("FAIL " + i + " " + "x".repeat(i + 1));
        log.say(said.getLast());
        Thread.sleep(1);
      }
    }
    assertThat(terminal.lines()).isEqualTo(said);
    assertThat(Files.readAllLines(file)).isEqualTo(said);
  }
}
