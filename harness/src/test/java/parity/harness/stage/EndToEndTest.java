package parity.harness.stage;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;
import parity.tensors.Tensor;

/** The last stage on captures in which something is otherwise. */
class EndToEndTest {
  @TempDir private Path folder;

  @BeforeEach
  void copy() throws IOException {
    Path capture = Samples.copy(Samples.CAPTURE, folder.resolve("capture"));
    Files.delete(capture.resolve("checksums.txt"));
    Files.copy(Samples.WAV, folder.resolve("prompt.wav"));
  }

  private Path file(String name) {
    return folder.resolve("capture").resolve(name);
  }

  /** All files of a capture say the same. */
  private void say(String key, String value) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("capture"))) {
      for (Path file : files.filter(any -> any.toString().endsWith(".safetensors")).toList()) {
        Samples.rewrite(file, (tensors, metadata) -> metadata.put(key, value));
      }
    }
  }

  private Parity run(String stages) {
    return Parity.compare(stages, folder.resolve("capture"), folder.resolve("out"));
  }

  private static JsonNode last(Parity run) {
    JsonNode stages = run.json().get("stages");
    return stages.get(stages.size() - 1);
  }

  @Test
  void run_anotherSeed_failsAtTheTokens() throws IOException {
    say("seed", "1");
    Parity run = run("end_to_end");
    assertWithMessage(run.err()).that(run.exitCode()).isEqualTo(1);
    assertThat(last(run).get("first_divergence").get("module").asText()).isEqualTo("token");
  }

  @Test
  void run_anotherText_fails() throws IOException {
    say("tts_text", "Hello! This is another test for parity.");
    assertThat(run("end_to_end").exitCode()).isEqualTo(1);
  }

  @Test
  void run_capturesOwn_saysBothRatios() throws IOException {
    assertThat(run("end_to_end").exitCode()).isEqualTo(0);
    assertThat(Files.readString(folder.resolve("out").resolve("test_end_to_end.log")))
        .containsMatch(
            "SNR against Python [5-9]\\d\\.\\d dB; at least 50\\.0 dB, as Python's float32 is"
                + " \\d+\\.\\d dB from its float64 \\(flow and vocoder\\)");
  }

  @Test
  void run_withoutItsTruth_isInconclusive() {
    Samples.rewriteTensors(
        file("truth_outputs.safetensors"),
        tensors -> tensors.remove("python_audio_output.end_to_end"));
    Parity run = run("end_to_end");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(last(run).toString())
        .contains("is missing, python_audio_output.end_to_end of the float64 truths");
  }

  @Test
  void run_truthAsLoudAsTheSound_isInconclusive() {
    Samples.rewriteTensors(
        file("truth_outputs.safetensors"),
        tensors -> {
          Tensor truth = Samples.of(tensors, "python_audio_output.end_to_end");
          double[] louder = new double[Math.toIntExact(truth.elements())];
          for (int i = 0; i < louder.length; i++) {
            louder[i] = truth.getDouble(i) + 1;
          }
          tensors.put("python_audio_output.end_to_end", Tensor.ofDoubles(truth.shape(), louder));
        });
    Parity run = run("end_to_end");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(last(run).toString()).contains("which is no rounding");
  }

  @Test
  void run_seedUnknown_isNotApplicable() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("capture"))) {
      for (Path file : files.filter(any -> any.toString().endsWith(".safetensors")).toList()) {
        Samples.rewrite(file, (tensors, metadata) -> metadata.remove("seed"));
      }
    }
    assertThat(last(run("text,end_to_end")).get("says").asText())
        .isEqualTo("not in this capture: it does not say its text and its seed");
  }

  @Test
  void run_earlierStageWrong_isNotJudged() {
    Samples.rewriteTensors(
        file("debug_artifacts.safetensors"),
        tensors -> {
          Tensor mel = Samples.of(tensors, "python_flow_output");
          float[] louder = mel.toFloats();
          louder[7] += 1;
          tensors.put("python_flow_output", Tensor.ofFloats(mel.shape(), louder));
        });
    Parity run = run("flow,end_to_end");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(last(run).get("verdict").asText()).isEqualTo("INCONCLUSIVE");
    assertThat(last(run).get("says").asText())
        .isEqualTo("not judged: what is wrong in flow is heard here");
  }
}
