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
import parity.tensors.BadInputException;

final class ModelHashesTest {
  /** Of {@code weights}. */
  private static final String SUM =
      "9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c";

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("flow.pt"), "weights");
  }

  private ModelHashes of(Map<String, String> metadata, String... files) {
    return ModelHashes.of(folder, metadata, List.of(files));
  }

  @Test
  void of_sameFile_isTheCaptures() {
    ModelHashes hashes = of(Map.of("sha256 flow.pt", SUM), "flow.pt");
    assertThat(hashes.same()).containsExactly("flow.pt");
    assertThat(hashes.others()).isEmpty();
    hashes.require(List.of("flow.pt"), false);
  }

  @Test
  void of_noHashInTheCapture_isNotRead() throws IOException {
    Files.createDirectory(folder.resolve("llm.pt"));
    ModelHashes hashes = of(Map.of(), "flow.pt", "llm.pt");
    assertThat(hashes.same()).isEmpty();
    hashes.require(List.of("flow.pt", "llm.pt"), false);
  }

  @Test
  void require_otherFiles_namesAllOfThemAndTheRemedyUnlessForced() throws IOException {
    Files.writeString(folder.resolve("hift.pt"), "other");
    String other = SUM.replace('a', 'b');
    ModelHashes hashes =
        of(Map.of("sha256 flow.pt", other, "sha256 hift.pt", SUM), "hift.pt", "flow.pt");
    BadInputException refused =
        assertThrows(BadInputException.class, () -> hashes.require(List.of(), false));
    assertThat(refused)
        .hasMessageThat()
        .startsWith(
            folder.resolve("flow.pt") + ", " + folder.resolve("hift.pt") + ": not the files");
    assertThat(refused).hasMessageThat().contains("--force-model");
    hashes.require(List.of("flow.pt"), true);
    assertThat(hashes.others()).containsExactly("flow.pt", "hift.pt").inOrder();
  }

  @Test
  void require_missingFile_isRefusedOnlyWhereItIsNeeded() {
    ModelHashes hashes = of(Map.of("sha256 llm.pt", SUM), "llm.pt");
    hashes.require(List.of(), false);
    for (boolean force : new boolean[] {false, true}) {
      BadInputException refused =
          assertThrows(BadInputException.class, () -> hashes.require(List.of("llm.pt"), force));
      assertThat(refused).hasMessageThat().contains("llm.pt: cannot be read: no such file");
    }
  }

  @Test
  void of_unreadableFile_isRefused() throws IOException {
    Files.createDirectory(folder.resolve("llm.pt"));
    BadInputException refused =
        assertThrows(BadInputException.class, () -> of(Map.of("sha256 llm.pt", SUM), "llm.pt"));
    assertThat(refused).hasMessageThat().contains("llm.pt: cannot be read");
  }
}
