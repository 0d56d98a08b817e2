package parity.harness.run;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where results go by default. */
final class ProjectHomeTest {
  private static final LocalDateTime NOW = LocalDateTime.of(2031, 5, 9, 8, 7, 6);

  @TempDir Path folder;

  private Path benchmarks() {
    return folder.resolve("output").resolve("benchmarks");
  }

  private void report(String name) throws IOException {
    Files.createDirectories(benchmarks().resolve(name));
    Files.createFile(benchmarks().resolve(name).resolve("report.json"));
  }

  @Test
  void unusedOutput_firstOfTheDay_isTheDays() throws IOException {
    ProjectHome home = new ProjectHome(folder);
    assertThat(home.unusedOutput(NOW, "")).isEqualTo(benchmarks().resolve("2031-05-09"));
    Files.createDirectories(benchmarks().resolve("2031-05-09"));
    Files.createFile(benchmarks().resolve("2031-05-09").resolve("debug_artifacts.safetensors"));
    assertThat(home.unusedOutput(NOW, "")).isEqualTo(benchmarks().resolve("2031-05-09"));
  }

  @Test
  void unusedOutput_resultsThereAlready_hasTheTimeInItsName() throws IOException {
    report("2031-05-09");
    ProjectHome home = new ProjectHome(folder);
    assertThat(home.unusedOutput(NOW, "")).isEqualTo(benchmarks().resolve("2031-05-09_080706"));
    assertThat(home.unusedOutput(NOW, "replay"))
        .isEqualTo(benchmarks().resolve("2031-05-09").resolve("replay"));
    report("2031-05-09/replay");
    assertThat(home.unusedOutput(NOW, "replay"))
        .isEqualTo(benchmarks().resolve("2031-05-09_080706").resolve("replay"));
  }
}
