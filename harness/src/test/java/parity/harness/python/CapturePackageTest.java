package parity.harness.python;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parity.tensors.BadInputException;

/** How a Python is run, with shell scripts in its place; tools/test_scripts.sh ends it by force. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-ins for Python are shell scripts")
final class CapturePackageTest {
  private static final Path SOURCES = Path.of("/checkout/capture/src");

  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  private int run(String script, String... arguments) throws IOException {
    Path python = folder.resolve("python");
    Files.writeString(python, "#!/bin/sh\n" + script + "\n");
    assertThat(python.toFile().setExecutable(true)).isTrue();
    return new CapturePackage(new Interpreter(python.toString(), "PARITY_PYTHON"), SOURCES)
        .run(List.of(arguments), new PrintWriter(err, true));
  }

  @Test
  void run_arguments_arriveAsTheyStand() throws IOException {
    Path said = folder.resolve("said");
    String[] odd = {"--tts-text", "two words", "", "--", "@file", "*", "$HOME", "\"quoted\""};
    assertThat(run("printf '%s\\n' \"$@\" >'" + said + "'", odd)).isEqualTo(0);
    assertThat(Files.readAllLines(said))
        .containsExactly(
            "-u",
            "-m",
            "parity_capture",
            "--tts-text",
            "two words",
            "",
            "--",
            "@file",
            "*",
            "$HOME",
            "\"quoted\"")
        .inOrder();
  }

  @Test
  void run_pythonPath_beginsWithOurSources() throws IOException {
    Path said = folder.resolve("said");
    run("echo \"$PYTHONPATH\" >'" + said + "'");
    assertThat(Files.readString(said)).startsWith(SOURCES.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 130})
  void run_exitCodesOfThePackage_areHandedThrough(int code) throws IOException {
    assertThat(run("exit " + code)).isEqualTo(code);
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "exit 1, ended with exit code 1",
    "exit 2, ended with exit code 2",
    "kill -KILL $$, killed by signal 9",
    "kill -SEGV $$, ended by signal 11"
  })
  void run_otherEnds_areExit4AndOneLine(String script, String said) throws IOException {
    assertThat(run(script)).isEqualTo(4);
    assertThat(err.toString()).contains(said);
    assertThat(err.toString()).matches("parity capture: .+\\R");
  }

  @Test
  void run_noSuchProgram_isRefusedByTheNameThatChoseIt() {
    CapturePackage none =
        new CapturePackage(new Interpreter("/no/python", "PARITY_PYTHON=/no/python"), SOURCES);
    BadInputException refused =
        assertThrows(BadInputException.class, () -> none.run(List.of(), new PrintWriter(err)));
    assertThat(refused).hasMessageThat().startsWith("PARITY_PYTHON=/no/python: no such program");
  }
}
