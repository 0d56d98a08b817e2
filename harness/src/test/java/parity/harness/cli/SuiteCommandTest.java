package parity.harness.cli;

import static com.google.common.truth.Truth.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.fixture.Parity;

/** What a suite refuses; what it finds is SuiteTest's. */
class SuiteCommandTest {
  @TempDir Path folder;

  @Test
  void suite_help_isJavasOwn() {
    Parity run = Parity.run("capture", "suite", "--help");
    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).contains("--tries=N");
  }

  @Test
  void suite_withoutAFolder_isAskedForIt() {
    Parity run = Parity.run("capture", "suite");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("OUT");
  }

  @Test
  void suite_noTries_isRefusedBeforeAnythingIsWritten() {
    Path out = folder.resolve("suite");
    Parity run = Parity.run("capture", "suite", out, "--tries", "0");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("--tries 0: at least one capture is tried");
    assertThat(Files.exists(out)).isFalse();
  }
}
