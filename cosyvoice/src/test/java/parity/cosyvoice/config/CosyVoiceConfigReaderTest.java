package parity.cosyvoice.config;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parity.tensors.BadInputException;

final class CosyVoiceConfigReaderTest {
  private static final Path SAMPLE = Path.of("..", "samples", "model");
  private static final Path RELEASE =
      Path.of("src", "test", "resources", "parity", "cosyvoice", "config", "release");

  @TempDir Path folder;

  @Test
  void read_sample_givesEveryValueOfTheFile() {
    List<Integer> dilations = List.of(1, 3, 5);
    assertThat(CosyVoiceConfigReader.read(SAMPLE))
        .isEqualTo(
            new CosyVoiceConfig(
                24000,
                192,
                new LlmConfig(32, 32, 6561, 0.8, 25, 10, 0.1),
                new FlowConfig(
                    80,
                    80,
                    192,
                    6561,
                    2,
                    3,
                    32,
                    new CfmConfig(0.7, true),
                    new DitConfig(32, 2, 4, 8, 2, 80, 80, 80, 80, 50)),
                new HiftConfig(
                    80,
                    32,
                    8,
                    24000,
                    0.1,
                    0.003,
                    10,
                    List.of(8, 5, 3),
                    List.of(16, 11, 7),
                    16,
                    4,
                    List.of(3, 7, 11),
                    List.of(dilations, dilations, dilations),
                    List.of(7, 7, 11),
                    List.of(dilations, dilations, dilations),
                    0.1,
                    0.99,
                    4,
                    new F0PredictorConfig(1, 80, 16)),
                new MelConfig(1920, 80, 24000, 480, 1920, 0, OptionalDouble.empty(), false)));
  }

  @Test
  void read_releaseWithTrainingParts_resolvesReferencesAndDefaults() {
    assertThat(CosyVoiceConfigReader.read(RELEASE))
        .isEqualTo(
            new CosyVoiceConfig(
                48000,
                96,
                new LlmConfig(72, 72, 4096, 0.9, 25, 10, 0.2),
                new FlowConfig(
                    48,
                    80,
                    96,
                    4096,
                    4,
                    5,
                    24,
                    new CfmConfig(1, false),
                    new DitConfig(32, 8, 8, 8, 4, 80, 48, 80, 80, 60)),
                new HiftConfig(
                    80,
                    12,
                    8,
                    48000,
                    0.1,
                    0.003,
                    5,
                    List.of(6, 4),
                    List.of(12, 8),
                    20,
                    5,
                    List.of(3),
                    List.of(List.of(1, 3)),
                    List.of(7, 9),
                    List.of(List.of(1), List.of(1, 2, 4)),
                    0.1,
                    0.99,
                    4,
                    new F0PredictorConfig(1, 80, 10)),
                new MelConfig(1024, 80, 48000, 120, 960, 20.5, OptionalDouble.of(12000), false)));
  }

  private BadInputException refusal(byte[] content) throws IOException {
    Files.write(folder.resolve(CosyVoiceConfigReader.FILE_NAME), content);
    BadInputException refusal =
        assertThrows(BadInputException.class, () -> CosyVoiceConfigReader.read(folder));
    assertThat(refusal).hasMessageThat().doesNotContain("\n");
    assertThat(refusal).hasMessageThat().contains(CosyVoiceConfigReader.FILE_NAME);
    return refusal;
  }

  @Test
  void read_folderWithoutIt_saysSo() {
    BadInputException refusal =
        assertThrows(BadInputException.class, () -> CosyVoiceConfigReader.read(folder));

    assertThat(refusal).hasMessageThat().contains("holds no cosyvoice3.yaml");
  }

  @Test
  void read_noFolder_saysSo() {
    BadInputException refusal =
        assertThrows(
            BadInputException.class, () -> CosyVoiceConfigReader.read(folder.resolve("nowhere")));

    assertThat(refusal).hasMessageThat().contains("nowhere is no folder");
  }

  @Test
  void read_emptyFile_saysSo() throws IOException {
    assertThat(refusal(new byte[0])).hasMessageThat().contains("is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"just words", "- a\n- list\n"})
  void read_noMapping_saysSo(String content) throws IOException {
    assertThat(refusal(content.getBytes(UTF_8)))
        .hasMessageThat()
        .contains("has no keys at its outermost level");
  }

  @Test
  void read_foreignBytes_saysSo() throws IOException {
    assertThat(refusal(new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff, 0, 1}))
        .hasMessageThat()
        .contains("is not text in UTF-8");
    assertThat(refusal(new byte[] {'a', ':', ' ', 1}))
        .hasMessageThat()
        .contains("is not valid YAML");
  }

  @Test
  void read_brokenYaml_namesTheLine() throws IOException {
    assertThat(refusal("a: 1\nb: [1, 2\nc: 3\n".getBytes(UTF_8)))
        .hasMessageThat()
        .containsMatch("line [34] is not valid YAML: ");
  }

  @Test
  void read_bracketsWithoutEnd_isRefused() throws IOException {
    assertThat(refusal(("a: " + "[".repeat(100_000)).getBytes(UTF_8)))
        .hasMessageThat()
        .contains("nests more than 100 levels deep");
  }

  @Test
  void read_hugeFile_isRefused() throws IOException {
    assertThat(refusal(new byte[(1 << 20) + 1])).hasMessageThat().contains("1048577 bytes");
  }

  @Test
  void read_cutOffAnywhere_isRefused() throws IOException {
    byte[] whole = Files.readAllBytes(SAMPLE.resolve(CosyVoiceConfigReader.FILE_NAME));
    int version = new String(whole, UTF_8).indexOf("    version: cosyvoice3");

    for (int length = 0; length < version; length += 61) {
      refusal(Arrays.copyOf(whole, length));
    }
  }
}
