package parity.harness.cli;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;

/** {@code parity regimes}. */
final class RegimesCommandTest {
  @TempDir Path folder;

  private Path capture;

  @BeforeEach
  void copy() {
    capture = Samples.copy(Samples.CAPTURE, folder.resolve("capture"));
  }

  @Test
  void regimes_withoutACapture_listsThemWithTheirPlaces() {
    Parity said = Parity.run("regimes");
    assertThat(said.exitCode()).isEqualTo(0);
    assertThat(said.out()).contains("nucleus cut by top_p");
    assertThat(said.out()).contains("utils/common.py:153");
  }

  @Test
  void regimes_ofAFolderWithCaptures_countsThemTogether() {
    Samples.copy(Samples.CAPTURE, folder.resolve("another"));
    Parity one = Parity.run("regimes", "--json", capture);
    Parity both = Parity.run("regimes", "--json", folder);
    assertThat(both.json().get("exercised")).isEqualTo(one.json().get("exercised"));
    assertThat(both.json().get("counts").get(0).get("times").asInt()).isEqualTo(2);
    assertThat(Parity.run("regimes", folder).out()).contains("another: exercised ");
  }

  @Test
  void regimes_ofAFolderWithoutAny_isRefused() throws IOException {
    Parity said = Parity.run("regimes", Files.createDirectory(folder.resolve("empty")));
    assertThat(said.exitCode()).isEqualTo(3);
    assertThat(said.err()).contains("is no capture and has none in it");
  }

  @Test
  void regimes_ofAnInterruptedCapture_isRefused() throws IOException {
    Files.delete(capture.resolve("debug_artifacts.safetensors"));
    Files.writeString(capture.resolve(".parity-publishing"), "");
    Parity said = Parity.run("regimes", capture);
    assertThat(said.exitCode()).isEqualTo(3);
    assertThat(said.err()).contains("a capture was interrupted here");
  }
}
