package parity.harness.stage;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import parity.harness.fixture.ModeCapture;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;

/** Captures of a streaming run, chunk by chunk. */
final class StreamingTest {
  private static final String CHUNKS = "chunks.safetensors";

  @TempDir static Path shared;

  @TempDir Path folder;

  @BeforeAll
  static void make() {
    ModeCapture.streamed(shared.resolve("capture"));
  }

  private Path capture() {
    return folder.resolve("capture");
  }

  private Parity run(String stages) {
    return Parity.compare(stages, capture(), folder.resolve("out"), "--threads", "2");
  }

  private static List<String> names(JsonNode stage) {
    List<String> names = new ArrayList<>();
    stage.get("tensors").forEach(tensor -> names.add(tensor.get("name").asText()));
    return names;
  }

  @Test
  void run_chunks_holdAndAreEachCompared() {
    Samples.copy(shared.resolve("capture"), capture());
    Parity run = run("flow,hift");
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(0);
    assertThat(names(run.json().at("/stages/0")))
        .containsAtLeast(
            "token_offset",
            "token_hop_len",
            "streaming",
            "finalize",
            "token#0",
            "token#1",
            "attn_mask#0",
            "attn_mask#1",
            "python_flow_output#0",
            "python_flow_output#1",
            "python_flow_output")
        .inOrder();
    assertThat(names(run.json().at("/stages/1")))
        .containsAtLeast(
            "speech_feat#0",
            "speech_feat#1",
            "python_flow_output",
            "speech_offset",
            "python_hift_source#0",
            "python_hift_source#1",
            "python_audio_output#0",
            "python_audio_output#1",
            "python_hift_source",
            "python_audio_output",
            "python_audio_output.from_source#0",
            "python_audio_output.from_source#1",
            "python_audio_output.from_source")
        .inOrder();
    assertThat(run.out()).contains("no float64 truth");
    assertThat(Files.exists(folder.resolve("out").resolve(CHUNKS))).isTrue();
  }

  static List<String> tensors() {
    ModeCapture.streamed(shared.resolve("names"));
    try (TensorFile file = Safetensors.open(shared.resolve("names").resolve(CHUNKS))) {
      return List.copyOf(file.names());
    }
  }

  @ParameterizedTest
  @MethodSource("tensors")
  void run_oneNumberOfAChunkSpoilt_isNotGreenAndNamesIt(String name) {
    assertTold(name, Damage.ONE_MORE);
  }

  @ParameterizedTest
  @CsvSource({
    "token#1, DROPPED",
    "attn_mask#0, CUT_SHORT",
    "python_flow_output#0, CUT_SHORT",
    "speech_feat#0, DROPPED",
    "speech_feat#1, CUT_SHORT",
    "python_hift_source#0, CUT_SHORT",
    "speech_offset, DROPPED"
  })
  void run_oneTensorOfAChunkGoneOrCut_isNotGreenAndNamesIt(String name, Damage damage) {
    assertTold(name, damage);
  }

  private void assertTold(String name, Damage damage) {
    Samples.copy(shared.resolve("capture"), capture());
    Samples.rewriteTensors(
        capture().resolve(CHUNKS), tensors -> assertThat(damage.spoil(tensors, name)).isTrue());
    boolean ofFlow = name.matches("token.*|attn.*|streaming|finalize|python_flow_output#.*");
    Parity run = run(ofFlow ? "flow" : "hift");
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isAnyOf(1, 2);
    assertWithMessage("%s", run.out()).that(tells(run.json().at("/stages/0"), name)).isTrue();
  }

  /** Whether the stage names the tensor as wrong or as what it could not do without. */
  private static boolean tells(JsonNode stage, String name) {
    for (JsonNode tensor : stage.get("tensors")) {
      if (tensor.get("name").asText().equals(name)
          && !List.of("PASS", "VACUOUS").contains(tensor.get("status").asText())) {
        return true;
      }
    }
    return stage.get("says").asText().contains("relied on: " + name);
  }

  @Test
  void run_chunksThatTheCaptureHasLost_isInconclusiveAndSaysSo() throws IOException {
    Samples.copy(shared.resolve("capture"), capture());
    Files.delete(capture().resolve(CHUNKS));
    Parity run = run("flow,hift");
    assertThat(run.exitCode()).isEqualTo(2);
    for (JsonNode stage : run.json().get("stages")) {
      assertThat(stage.get("says").asText())
          .contains("chunks.safetensors is missing; the capture streamed in 2 chunks");
    }
  }

  @Test
  void run_oneChunkFewerThanTheCaptureSays_isInconclusive() {
    Samples.copy(shared.resolve("capture"), capture());
    for (String file : new String[] {"debug_artifacts", "frontend_artifacts", "chunks"}) {
      Samples.rewriteMetadata(
          capture().resolve(file + ".safetensors"), metadata -> metadata.put("chunks", "3"));
    }
    Parity run = run("flow");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out())
        .contains("token_offset in chunks.safetensors is I32 [2]; expected I32 [3]");
  }
}
