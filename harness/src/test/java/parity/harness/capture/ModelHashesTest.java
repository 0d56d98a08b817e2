package parity.harness.capture;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.tensors.BadInput;

final class ModelHashesTest {
  /** Of {@code weights}. */
  private static final String SUM =
      "9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c";

  private static final List<String> FILES = List.of("flow.pt");

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("flow.pt"), "weights");
  }

  @Test
  void check_sameFile_isFine() {
    ModelHashes.check(folder, Map.of("sha256 flow.pt", SUM), FILES);
  }

  @Test
  void check_noHashInTheCapture_isNotRead() {
    ModelHashes.check(folder, Map.of(), List.of("flow.pt", "missing.pt"));
  }

  @Test
  void check_otherFile_isRefusedWithTheRemedy() {
    BadInput refused =
        assertThrows(
            BadInput.class,
            () ->
                ModelHashes.check(folder, Map.of("sha256 flow.pt", SUM.replace('a', 'b')), FILES));
    assertThat(refused).hasMessageThat().startsWith(folder.resolve("flow.pt") + ": ");
    assertThat(refused).hasMessageThat().contains("--force-model");
  }

  @Test
  void check_missingFile_isRefused() {
    BadInput refused =
        assertThrows(
            BadInput.class,
            () -> ModelHashes.check(folder, Map.of("sha256 llm.pt", SUM), List.of("llm.pt")));
    assertThat(refused).hasMessageThat().contains("llm.pt");
  }
}
