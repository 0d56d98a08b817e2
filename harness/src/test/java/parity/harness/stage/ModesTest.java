package parity.harness.stage;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parity.harness.fixture.ModeCapture;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.file.Sha256;

/** Captures of other modes than zero-shot. */
final class ModesTest {
  @TempDir Path folder;

  private Path capture() {
    return folder.resolve("capture");
  }

  private Parity run(String stages, Object... more) {
    Object[] options = Stream.concat(Stream.of("--threads", "2"), Stream.of(more)).toArray();
    return Parity.compare(stages, capture(), folder.resolve("out"), options);
  }

  private static JsonNode tensor(Parity run, String name) {
    for (JsonNode stage : run.json().get("stages")) {
      for (JsonNode tensor : stage.get("tensors")) {
        if (tensor.get("name").asText().equals(name)) {
          return tensor;
        }
      }
    }
    throw new AssertionError(name + " is not in " + run.out());
  }

  private static void assertHolds(Parity run) {
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-lingual", "instruct2"})
  void llm_modeWithoutPromptSpeech_isUpstreams(String mode) {
    ModeCapture.withoutPromptSpeech(capture(), mode);
    Parity run = run("llm");
    assertHolds(run);
    assertThat(tensor(run, "llm_logp").get("status").asText()).isEqualTo("PASS");
    assertThat(run.json().at("/stages/0/tensors").size()).isEqualTo(3);
  }

  @Test
  void llm_modeThatSpeaksNoPromptButHasIt_isInconclusiveAndNamesIt() {
    ModeCapture.withoutPromptSpeech(capture(), "instruct2");
    Samples.rewriteTensors(
        capture().resolve("debug_artifacts.safetensors"),
        tensors -> tensors.put("llm_prompt_speech_token", Tensor.ofInts(Shape.of(1, 2), 5, 6)));
    Parity run = run("llm");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("llm_prompt_speech_token in debug_artifacts.safetensors is");
  }

  @Test
  void run_voiceConversion_holdsWithoutALanguageModel() {
    ModeCapture.converted(capture());
    Parity run =
        run("frontend,llm,flow,hift", "--prompt-wav", Samples.WAV, "--source-wav", Samples.WAV);
    assertHolds(run);
    JsonNode stages = run.json().get("stages");
    assertThat(stages.get(0).get("tensors").size()).isEqualTo(10);
    assertThat(stages.get(1).get("tensors").size()).isEqualTo(0);
    assertThat(stages.get(1).get("says").asText())
        .isEqualTo("voice conversion asks no language model");
    for (String name : new String[] {"token", "prompt_token", "prompt_feat", "embedding"}) {
      assertThat(tensor(run, name).get("status").asText()).isEqualTo("PASS");
    }
    JsonNode mel = tensor(run, "python_flow_output");
    assertThat(mel.get("says").asText()).contains("[1, 80, 97]");
    assertThat(mel.get("limit_from").asText()).startsWith("no float64 truth");
  }

  @ParameterizedTest
  @ValueSource(strings = {"source_speech_tokens", "source_whisper_mel", "source_speech_16k"})
  void frontend_sourceTensorMissing_isInconclusiveAndNamesIt(String name) {
    ModeCapture.converted(capture());
    Samples.rewriteTensors(
        capture().resolve("frontend_artifacts.safetensors"), tensors -> tensors.remove(name));
    Parity run = run("frontend", "--prompt-wav", Samples.WAV, "--source-wav", Samples.WAV);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(tensor(run, name).get("verdict").asText()).isEqualTo("Missing");
  }

  @Test
  void flow_tokensThatAreNotTheSources_fails() {
    ModeCapture.converted(capture());
    Samples.rewriteTensors(
        capture().resolve("frontend_artifacts.safetensors"),
        tensors -> tensors.put("source_speech_tokens", Tensor.ofInts(Shape.of(1, 3), 1, 2, 3)));
    Parity run = run("flow");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(tensor(run, "token").get("status").asText()).isEqualTo("FAIL");
  }

  @Test
  void flow_promptTrimmedInVoiceConversion_fails() {
    ModeCapture.converted(capture());
    Samples.rewriteMetadata(
        capture().resolve("debug_artifacts.safetensors"), all -> all.put("mode", "zero-shot"));
    Samples.rewriteMetadata(
        capture().resolve("frontend_artifacts.safetensors"), all -> all.put("mode", "zero-shot"));
    Parity run = run("flow");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(tensor(run, "prompt_feat").get("verdict").asText()).isEqualTo("LengthDiffers");
    assertThat(tensor(run, "prompt_token").get("status").asText()).isEqualTo("FAIL");
  }

  @Test
  void frontend_sourceNotFound_asksForIt() {
    ModeCapture.converted(capture());
    Parity run = run("frontend", "--prompt-wav", Samples.WAV);
    // The sample's recording stands beside its model, and has the name that the capture says.
    assertHolds(run);
    for (String file : new String[] {"debug_artifacts", "frontend_artifacts"}) {
      Samples.rewriteMetadata(
          capture().resolve(file + ".safetensors"), all -> all.put("source_wav", "gone.wav"));
    }
    Parity refused = run("frontend", "--prompt-wav", Samples.WAV);
    assertRefused(refused, "the frontend needs the converted recording");
    assertThat(refused.err()).contains("--source-wav");
  }

  @ParameterizedTest
  @CsvSource({"prompt_wav, --prompt-wav", "source_wav, --source-wav"})
  void frontend_recordingWithAnotherHash_isRefused(String key, String option) throws IOException {
    ModeCapture.converted(capture());
    for (String file : new String[] {"debug_artifacts", "frontend_artifacts"}) {
      Samples.rewriteMetadata(
          capture().resolve(file + ".safetensors"),
          all -> all.put(key + "_sha256", "0".repeat(64)));
    }
    Files.copy(Samples.WAV, capture().resolve("prompt.wav"));
    for (Object[] more : new Object[][] {{}, {option, Samples.WAV}, {"--force-model"}}) {
      Parity refused = run("frontend", more);
      assertRefused(refused, "not the recording that the capture was made with");
      assertThat(refused.err()).contains(option);
    }
    assertThat(run("flow").exitCode()).isEqualTo(0);
  }

  @Test
  void frontend_anotherRecordingBesideAndTheRightOneAbove_takesTheRightOne() throws IOException {
    ModeCapture.converted(capture());
    String right = Sha256.text(Samples.WAV);
    for (String file : new String[] {"debug_artifacts", "frontend_artifacts"}) {
      Samples.rewriteMetadata(
          capture().resolve(file + ".safetensors"),
          all -> all.putAll(Map.of("prompt_wav_sha256", right, "source_wav_sha256", right)));
    }
    Files.writeString(capture().resolve("prompt.wav"), "another");
    Files.copy(Samples.WAV, folder.resolve("prompt.wav"));
    assertHolds(run("frontend"));
  }

  @Test
  void frontend_sourceGivenThoughNothingWasConverted_isRefused() {
    Parity refused =
        Parity.run("frontend", "--source-wav", Samples.WAV, "--out", folder.resolve("out"));
    assertRefused(refused, "mode zero-shot, which converts no recording");
  }

  private static void assertRefused(Parity run, String reason) {
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).matches("parity: .+\\R");
    assertThat(run.err()).contains(reason);
  }

  @ParameterizedTest
  @CsvSource({"true, PASS", "false, FAIL"})
  void flow_silentTokensTakenOut_areLawfulIfTheCaptureFiltersThem(boolean filters, String verdict)
      throws IOException {
    Files.createDirectories(capture());
    for (String file :
        new String[] {"debug_artifacts.safetensors", "frontend_artifacts.safetensors"}) {
      Files.copy(
          Samples.CAPTURE.resolve(file),
          capture().resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    int[] drawn = {9, 28, 28, 28, 28, 28, 28, 28, 7, 1, 3};
    int[] spoken = {9, 28, 28, 28, 28, 28, 7, 1, 3};
    for (String file : new String[] {"debug_artifacts", "frontend_artifacts"}) {
      Samples.rewrite(
          capture().resolve(file + ".safetensors"),
          (tensors, metadata) -> {
            tensors.replace("speech_tokens", Tensor.ofInts(Shape.of(1, drawn.length), drawn));
            tensors.replace("token", Tensor.ofInts(Shape.of(1, spoken.length), spoken));
            metadata.remove("capture_version");
            if (filters) {
              metadata.put("capture_version", "test");
            }
          });
    }
    // The mel of these tokens is not there, so the flow does not run.
    Parity run = run("flow", "--frontend-artifacts", folder.resolve("none"));
    assertThat(tensor(run, "token").get("status").asText()).isEqualTo(verdict);
    assertThat(run.out()).contains("one of them was cut");
  }
}
