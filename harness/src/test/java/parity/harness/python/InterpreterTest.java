package parity.harness.python;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Python is taken of those that are there. */
final class InterpreterTest {
  @TempDir private Path folder;
  private Path active;
  private Path checkout;

  @BeforeEach
  void makeEnvironments() throws IOException {
    active = folder.resolve("active");
    checkout = folder.resolve("checkout");
    makeExecutable(active.resolve("bin/python"));
    makeExecutable(checkout.resolve(".venv/bin/python"));
  }

  private static void makeExecutable(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void find_chosenOne_goesBeforeAllOthersEvenIfItIsNotThere() {
    var environment = Map.of("PARITY_PYTHON", "/nowhere/python", "VIRTUAL_ENV", active.toString());
    assertThat(Interpreter.find(environment, checkout))
        .hasValue(new Interpreter("/nowhere/python", "PARITY_PYTHON=/nowhere/python"));
  }

  @Test
  void find_activeEnvironment_goesBeforeTheCheckouts() {
    var environment = Map.of("PARITY_PYTHON", "", "VIRTUAL_ENV", active.toString());
    assertThat(Interpreter.find(environment, checkout).map(Interpreter::program))
        .hasValue(active.resolve("bin/python").toString());
  }

  @Test
  void find_activeEnvironmentThatIsGone_isPassedOver() {
    var environment = Map.of("VIRTUAL_ENV", folder.resolve("gone").toString());
    assertThat(Interpreter.find(environment, checkout).map(Interpreter::program))
        .hasValue(checkout.resolve(".venv/bin/python").toString());
  }

  @Test
  void find_nothingThere_isEmpty() {
    assertThat(Interpreter.find(Map.of(), folder)).isEmpty();
  }
}
