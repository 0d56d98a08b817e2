package parity.harness.port.command;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parity.harness.names.NamesFile;
import parity.harness.port.Candidate;

/** Commands that do what no port should. */
final class CommandRunTest {
  private static final Space ROOMY = new Space(1 << 30, 1000);
  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir Path folder;

  private final Set<ProcessHandle> before =
      ProcessHandle.current().descendants().collect(Collectors.toSet());
  private Path outputs;

  @BeforeEach
  void makeFolders() throws IOException {
    outputs = Files.createDirectory(folder.resolve("outputs"));
    Files.createDirectory(folder.resolve("inputs"));
  }

  /** Also with no zombie. */
  @AfterEach
  void nothingIsLeft() {
    List<ProcessHandle> left =
        ProcessHandle.current().descendants().filter(each -> !before.contains(each)).toList();
    assertWithMessage("processes left").that(left).isEmpty();
  }

  private CommandRun.Ended run(String line, Duration limit, Space space) {
    Candidate.Bounds bounds = new Candidate.Bounds(limit, OptionalLong.empty());
    Candidate.Command command = new Candidate.Command(line, bounds, NamesFile.NONE);
    try (Descendants descendants = Descendants.watch()) {
      return new CommandRun(command, space, descendants)
          .run(folder.resolve("inputs"), outputs, folder);
    }
  }

  private CommandRun.Ended run(String line) {
    return run(line, LONG, ROOMY);
  }

  private static String failure(CommandRun.Ended ended) {
    return ended.failure().orElse("none");
  }

  @Test
  void run_thatSaysALittle_isHeard() {
    CommandRun.Ended ended = run("echo one; echo two >&2");
    assertThat(ended.failure()).isEmpty();
    assertThat(ended.says()).containsExactly("one", "two").inOrder();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(while :; do echo more >>{outputs}/log; done) & echo first >{outputs}/log",
        // Java closes the pipe when the command has ended, of which yes would end by itself.
        "(trap '' PIPE; while :; do echo y; done 2>/dev/null) & sleep 0.1",
        "yes >/dev/null 2>&1 & echo",
        "(setsid sh -c 'trap \"\" TERM HUP; sleep 100 & wait' &) & wait",
        "sleep 100 & kill -STOP $!"
      })
  @EnabledOnOs(OS.LINUX)
  void run_thatLeavesProcessesBehind_endsThemAndSaysSo(String line) throws IOException {
    CommandRun.Ended ended = run(line);
    assertThat(ended.failure()).isEmpty();
    assertThat(ended.says().getLast()).startsWith("(processes that it left running: ");
  }

  /** Each starts the next and ends, so that it is gone when it is looked at. */
  @ParameterizedTest
  @ValueSource(strings = {"", "setsid "})
  @EnabledOnOs(OS.LINUX)
  void run_thatLeavesAChainOfProcesses_breaksIt(String detached) throws IOException {
    Path link = folder.resolve("link");
    Files.writeString(link, detached + "sh '" + link + "' &\n");
    CommandRun.Ended ended = run("sh '" + link + "'");
    assertThat(ended.failure()).isEmpty();
    assertThat(ended.says().getLast()).startsWith("(processes that it left running: ");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void run_beyondItsTime_endsThoseThatDetachedThemselvesToo() {
    CommandRun.Ended ended =
        run(
            "(setsid sh -c 'trap \"\" TERM; (sleep 100) & sleep 100' &) & echo asleep; sleep 100",
            Duration.ofMillis(200),
            ROOMY);
    assertThat(failure(ended)).contains("(--candidate-timeout); it last said: asleep");
  }

  @Test
  void run_withALimitOfAnEternity_ends() {
    assertThat(run("true", Duration.ofSeconds(Long.MAX_VALUE), ROOMY).failure()).isEmpty();
  }

  @Test
  void run_thatSays300Megabytes_keepsTheLastLinesInASmallHeap() throws IOException {
    CommandRun.Ended ended = run("yes | head -c 300000000; echo; echo last");
    assertThat(ended.says()).hasSize(21);
    assertThat(ended.says().getFirst())
        .isEqualTo("(said 300 MB in 150,000,002 lines; its last 20 lines follow)");
    assertThat(ended.says().getLast()).isEqualTo("last");
    try (var files = Files.list(outputs)) {
      assertThat(files.toList()).isEmpty();
    }
  }

  @Test
  void run_thatSaysALineOf50Megabytes_showsItsBeginningAndItsLength() {
    CommandRun.Ended ended = run("head -c 50000000 /dev/zero | tr '\\0' x; exit 4");
    String shown = "x".repeat(400) + "... (a line of 50 MB)";
    assertThat(ended.says()).containsExactly(shown);
    assertThat(failure(ended)).isEqualTo("ended with exit code 4; it last said: " + shown);
  }

  @Test
  void run_thatSaysWhatATerminalObeys_isMadeVisible() {
    CommandRun.Ended ended = run("printf 'a\\377b \\033[31mred\\tc\\342\\200\\256d\\n'");
    assertThat(ended.says()).containsExactly("a\ufffdb \\u001b[31mred c\\u202ed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sleep 100", "true"})
  void run_thatWritesTooMuch_isEnded(String then) {
    CommandRun.Ended ended =
        run("head -c 3000000 /dev/zero >{outputs}/a; " + then, LONG, new Space(1_000_000, 100));
    assertThat(failure(ended))
        .isEqualTo(
            "wrote 3.0 MB, more than the 1.0 MB that it may in this stage; give --candidate-space a"
                + " number of MB to allow more; it said nothing");
  }

  @Test
  void run_thatMakesTooManyFiles_isEnded() {
    CommandRun.Ended ended =
        run("cd {outputs}; for i in 1 2 3 4 5 6 7 8 9; do mkdir $i; done", LONG, new Space(99, 9));
    assertThat(failure(ended)).startsWith("made more than 9 files, which is all that it may; let");
  }

  @Test
  void run_thatKillsItself_isToldByItsExitCode() {
    assertThat(failure(run("kill -9 $$"))).isEqualTo("ended with exit code 137; it said nothing");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void run_thatKillsItsProcessGroup_killsNobodyElse() {
    assertThat(failure(run("kill 0; sleep 100"))).startsWith("ended with exit code 143");
  }
}
