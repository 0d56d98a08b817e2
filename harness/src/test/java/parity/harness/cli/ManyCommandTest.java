package parity.harness.cli;

import static com.google.common.truth.Truth.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;
import parity.tensors.Tensor;

/** Several captures in one go. */
final class ManyCommandTest {
  @TempDir Path folder;

  private Parity many(Object... more) {
    Object[] arguments = new Object[7 + more.length];
    Object[] always = {
      "many",
      "--model-dir",
      Samples.MODEL,
      "--captures",
      folder.resolve("in"),
      "--out",
      folder.resolve("out")
    };
    System.arraycopy(always, 0, arguments, 0, always.length);
    System.arraycopy(more, 0, arguments, always.length, more.length);
    return Parity.run(arguments);
  }

  @Test
  void many_twoCaptures_haveALineAndAFolderEach() throws Exception {
    Samples.copy(Samples.CAPTURE, folder.resolve("in", "seed_0"));
    Path wrong = Samples.copy(Samples.CAPTURE, folder.resolve("in", "seed_1"));
    Files.delete(wrong.resolve("checksums.txt"));
    Samples.rewriteTensors(
        wrong.resolve("sampling.safetensors"),
        tensors -> {
          Tensor token = Samples.of(tensors, "token");
          int[] tokens = token.toInts();
          tokens[0]++;
          tensors.put("token", Tensor.ofInts(token.shape(), tokens));
        });
    Parity run = many();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).containsMatch("(?m)^PASS +seed_0 +llm: \\d+ PASS, ");
    assertThat(run.out()).containsMatch("(?m)^FAIL +seed_1 +llm: first divergence: sampling.token");
    assertThat(run.out()).containsMatch("(?m)^    FAIL sampling.token: ");
    assertThat(run.out()).containsMatch("(?m)^2 captures: 1 PASS 1 FAIL$");
    assertThat(Files.exists(folder.resolve("out", "seed_1", "report.json"))).isTrue();
  }

  /** A suite has captures of other segments than the first. */
  @Test
  void many_captureOfALaterSegment_isComparedAsThatSegment() throws Exception {
    Path later = Samples.copy(Samples.CAPTURE, folder.resolve("in", "later"));
    try (var files = Files.list(later)) {
      files
          .filter(file -> file.toString().endsWith(".safetensors"))
          .forEach(file ->
              Samples.rewriteMetadata(file, metadata -> metadata.put("segment_index", "1")));
    }
    Parity run = many();

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).containsMatch("(?m)^PASS +later +llm: ");
  }

  @Test
  void many_json_isAListOfCaptures() throws Exception {
    Samples.copy(Samples.CAPTURE, folder.resolve("in", "seed_0"));
    Parity run = many("--json", "--threads", "1");

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.json().get(0).get("capture").asText()).isEqualTo("seed_0");
    assertThat(run.json().get(0).get("verdict").asText()).isEqualTo("PASS");
    assertThat(run.json().size()).isEqualTo(1);
  }

  @Test
  void many_folderWithoutCaptures_saysHowToMakeThem() throws Exception {
    Files.createDirectory(folder.resolve("in"));
    Parity run = many();

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("holds no folder with debug_artifacts.safetensors; make some");
  }

  @Test
  void many_noSuchFolder_isBadInput() {
    Parity run = many();

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("in: no such folder");
  }

  @Test
  void many_unknownStage_isNamed() {
    assertThat(many("--stages", "song").err()).contains("--stages song: no such stage");
  }
}
