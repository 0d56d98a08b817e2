package parity.harness.stage;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parity.harness.fixture.ModeCapture;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;
import parity.tensors.Tensor;

/** The stage text, on the sample and on captures that say something else. */
final class TextStageTest {
  private static final String SAID = "Hello! This is a test for parity verification.";

  @TempDir Path folder;

  /** Only the one file: all files of a capture must say the same. */
  @BeforeEach
  void copySample() throws IOException {
    Files.createDirectories(full().getParent());
    Files.copy(Samples.CAPTURE.resolve("debug_artifacts.safetensors"), full());
  }

  private Path full() {
    return folder.resolve("capture").resolve("debug_artifacts.safetensors");
  }

  private void say(Consumer<Map<String, String>> change) {
    Samples.rewriteMetadata(full(), change);
  }

  private Parity run(int exitCode) {
    Parity run = Parity.compare("text", folder.resolve("capture"), folder.resolve("out"));
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(exitCode);
    return run;
  }

  private static List<String> statuses(Parity run) {
    List<String> statuses = new ArrayList<>();
    for (JsonNode tensor : run.json().at("/stages/0/tensors")) {
      statuses.add(tensor.get("name").asText() + " " + tensor.get("status").asText());
    }
    return statuses;
  }

  private static String says(Parity run, int tensor) {
    return run.json().at("/stages/0/tensors").get(tensor).get("says").asText();
  }

  @Test
  void text_sample_comparesTextsAndIds() throws IOException {
    Parity run = run(0);
    assertThat(statuses(run))
        .containsExactly(
            "prompt_text_normalized PASS",
            "segments#0 PASS",
            "tts_text_segment PASS",
            "prompt_text PASS",
            "text PASS")
        .inOrder();
    assertThat(run.json().at("/stages/0/controls/0/seen").asBoolean()).isTrue();
    assertThat(Files.readString(folder.resolve("out").resolve("check_text.log")))
        .contains("Segment 0: '" + SAID + "'");
  }

  @Test
  void text_anotherSegment_namesFoundAndExpectedAndIdsInherit() {
    say(said -> said.put("tts_text", SAID.replace("parity", "purity")));
    Parity run = run(1);
    assertThat(statuses(run))
        .containsExactly(
            "prompt_text_normalized PASS",
            "segments#0 FAIL",
            "tts_text_segment FAIL",
            "prompt_text PASS",
            "text INHERITED")
        .inOrder();
    assertThat(says(run, 1))
        .isEqualTo(
            "found ...'This is a test for purity verification.', expected"
                + " ...'This is a test for parity verification.', first difference at character"
                + " 27");
    assertThat(run.json().at("/stages/0/first_divergence/module").asText()).isEqualTo("segments#0");
  }

  @Test
  void text_otherIds_areWrongByThemselves() {
    Samples.rewriteTensors(
        full(),
        tensors -> {
          Tensor text = Samples.of(tensors, "text");
          int[] ids = text.toInts();
          ids[3]++;
          tensors.put("text", Tensor.ofInts(text.shape(), ids));
        });
    Parity run = run(1);
    assertThat(statuses(run)).contains("text FAIL");
    assertThat(run.json().at("/stages/0/first_divergence/module").asText()).isEqualTo("text");
  }

  @Test
  void text_capturedMoreSegments_areMissing() {
    say(said -> said.put("segments", "[\"" + SAID + "\", \"More.\"]"));
    assertThat(statuses(run(2))).contains("segments#1 NOT_COMPARED");
  }

  @Test
  void text_capturedFewerSegments_areUnexpected() {
    say(said -> said.put("segments", "[]"));
    assertThat(statuses(run(2))).contains("segments#0 NOT_COMPARED");
  }

  @Test
  void text_segmentThatJavaDoesNotHave_isMissing() {
    say(said -> said.put("tts_text", "!!!"));
    assertThat(statuses(run(2)))
        .containsAtLeast("segments#0 NOT_COMPARED", "tts_text_segment NOT_COMPARED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wetext", "?"})
  void text_pythonHadANormaliser_onlyIdsAreCompared(String normaliser) {
    say(said -> {
      said.put("tts_text", "Hello 2");
      said.put("text_frontend", normaliser);
      if (normaliser.equals("?")) {
        said.remove("text_frontend");
      }
    });
    Parity run = run(0);
    assertThat(statuses(run)).containsExactly("prompt_text PASS", "text PASS");
    assertThat(run.json().at("/stages/0/notes/0").asText())
        .contains(": what that made of the texts is fed, and only ids are compared");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tts_text", "tts_text_segment", "prompt_text", "prompt_text_normalized"})
  void text_textLost_isInconclusiveAndNamesIt(String name) {
    say(said -> said.remove(name));
    assertThat(run(2).out()).contains(name + " is missing from the metadata of debug_artifacts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "prompt_text"})
  void text_idsLost_isInconclusiveAndNamesThem(String name) {
    Samples.rewriteTensors(full(), tensors -> tensors.remove(name));
    assertThat(run(2).out()).contains(name + " is missing from debug_artifacts.safetensors");
  }

  @Test
  void text_artifactsWithoutTexts_areNotExpectedToHaveThem() {
    say(Map::clear);
    Parity run = run(2);
    assertThat(run.json().at("/stages/0/verdict").asText()).isEqualTo("SKIPPED");
    assertThat(run.json().at("/stages/0/says").asText())
        .isEqualTo("not in this capture: it does not say which texts were spoken");
  }

  @Test
  void text_captureOfAnEarlierScript_hasNoListOfSegments() {
    say(said -> said.remove("segments"));
    assertThat(statuses(run(0))).hasSize(4);
  }

  @Test
  void text_segmentsAreNoList_isBadInput() {
    say(said -> said.put("segments", "Hello"));
    assertThat(run(3).err())
        .contains("segments is 'Hello': expected a JSON list of texts; capture again");
    for (String other : List.of("[null]", "[\"a\", 1]", "null", "{}", "", "[".repeat(1500))) {
      say(said -> said.put("segments", other));
      assertThat(run(3).err()).contains("expected a JSON list of texts; capture again");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-lingual", "instruct2"})
  void text_otherMode_isUpstreams(String mode) {
    ModeCapture.withoutPromptSpeech(folder.resolve("capture"), mode);
    String prompt = mode.equals("instruct2") ? "PASS" : "VACUOUS";
    assertThat(statuses(run(0)))
        .containsExactly(
            "prompt_text_normalized " + prompt,
            "segments#0 PASS",
            "tts_text_segment PASS",
            "prompt_text " + prompt,
            "text PASS");
  }

  @Test
  void text_voiceConversion_hasNoText() {
    ModeCapture.converted(folder.resolve("capture"));
    assertThat(run(2).json().at("/stages/0/says").asText())
        .isEqualTo("voice conversion has no text");
  }
}
