package parity.harness.run;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;
import parity.harness.report.ReportSchema;

/** A run over the sample: what it says, and what it leaves. */
final class HarnessRunTest {
  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Parity run;

  private static Path out() {
    return folder.resolve("a result");
  }

  @BeforeAll
  static void runOnce() {
    run = Parity.run("run", "--out", out(), "--threads", "2");
  }

  private static String read(String name) throws IOException {
    return Files.readString(out().resolve(name));
  }

  private static List<String> listing(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void run_sample_holds() {
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(0);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("its weights are random");
    assertThat(run.out().stripTrailing()).endsWith("PASS (exit 0)");
  }

  @Test
  void run_sample_leavesItsFilesAndNoOthers() throws IOException {
    List<String> expected = new ArrayList<>(listing(Samples.CAPTURE));
    expected.addAll(
        List.of(
            "check_text.log",
            "check_frontend.log",
            "junit.xml",
            "native.wav",
            "report.html",
            "report.json",
            "test_end_to_end.log",
            "test_flow.log",
            "test_hift.log",
            "test_llm.log"));
    assertThat(listing(out())).containsExactlyElementsIn(expected);
  }

  @Test
  void report_sample_hasVerdictAndStagesAtItsTop() throws IOException {
    JsonNode report = new ObjectMapper().readTree(read("report.json"));
    assertThat(report.get("verdict").asText()).isEqualTo("PASS");
    List<String> stages = new ArrayList<>();
    for (JsonNode stage : report.get("stages")) {
      stages.add(stage.get("name").asText());
      assertThat(stage.get("verdict").asText()).isEqualTo("PASS");
      assertThat(stage.get("first_divergence").isNull()).isTrue();
      assertThat(stage.get("tensors").size()).isAtLeast(2);
    }
    assertThat(stages)
        .containsExactly("text", "frontend", "llm", "flow", "hift", "end_to_end")
        .inOrder();
  }

  @Test
  void report_sample_isAsItsSchemaSays() throws IOException {
    assertThat(ReportSchema.errors(read("report.json"))).isEmpty();
    assertThat(read("junit.xml")).contains("<testcase classname=\"parity\" name=\"verdict\"/>");
  }

  @Test
  void report_sameRunAgain_isTheSameToTheByte() throws IOException {
    Path again = folder.resolve("again");
    Parity second = Parity.run("run", "--json", "--out", again, "--threads", "2");
    assertThat(second.exitCode()).isEqualTo(0);
    assertThat(second.out().strip()).isEqualTo(read("report.json").strip());
    assertThat(second.json().get("verdict").asText()).isEqualTo("PASS");
    for (String name : listing(out())) {
      assertWithMessage(name)
          .that(Files.mismatch(out().resolve(name), again.resolve(name)))
          .isEqualTo(-1);
    }
  }

  @Test
  void frontendLog_sample_saysWhatTheEarlierHarnessSaid() throws IOException {
    String log = read("check_frontend.log");
    assertThat(log).contains("=== Checking ONNX Frontend Parity ===");
    assertThat(log).containsMatch("Loaded wav: 41976 samples, sr 22050");
    assertThat(log).containsMatch("whisper_mel: Java .*1, 128, 190.*, Python .*1, 128, 190");
    assertThat(log).containsMatch("Mel L1 Error: \\d+\\.\\d{6} \\(avg \\S+\\)");
    assertThat(log).contains("Token Accuracy: 100.00% (48/48)");
    assertThat(log).contains("Speaker Embedding Cosine Similarity: 1.000000");
    assertThat(log).containsMatch("Norms: Java=\\d+\\.\\d{6}, Py=\\d+\\.\\d{6}");
    for (String more : new String[] {"speech_16k", "speech_24k", "speech_feat", "fbank"}) {
      assertThat(log).containsMatch(more + ": Java .*, Python .*");
    }
  }

  @Test
  void flowLog_sample_saysWhatTheEarlierHarnessSaid() throws IOException {
    String log = read("test_flow.log");
    assertThat(log).contains("Loading Flow model from flow.pt");
    assertThat(log).contains("token: [1, 6], prompt_token: [1, 47], prompt_feat: [1, 94, 80]");
    assertThat(log).contains("embedding: [1, 192], rand_noise: [1, 80, 15000]");
    assertThat(log).contains("generated_mel: [1, 80, 12]");
    assertThat(log).contains("expected_mel: [1, 80, 12]");
    assertThat(log).containsMatch("Max Diff: \\d\\.\\d{6}");
    assertThat(log).containsMatch("Mean Diff: \\d\\.\\d{6}");
    assertThat(log).containsMatch("(?m)^PASS: \\d+ PASS");
  }

  @Test
  void hiftLog_sample_saysWhatTheEarlierHarnessSaidAndMore() throws IOException {
    String log = read("test_hift.log");
    assertThat(log).contains("=== HiFT Parity Test ===");
    assertThat(log).contains("Loaded 16 tensors. Keys: [");
    assertThat(log).contains("Generated 5760 samples");
    assertThat(log).contains("Saved output to: \"native.wav\"");
    assertThat(log).containsMatch("Max Amplitude \\(i16\\): \\d+");
    assertThat(log).contains("Output seems within range.");
    assertThat(log).contains("python_hift_source");
    assertThat(log).contains("hift.f0_predictor");
    assertThat(log).containsMatch("Waveform from the mel: relative L2 \\S+");
    assertThat(log).containsMatch("Waveform from the mel and Python's source: relative L2 \\S+");
  }

  @Test
  void run_oneStage_leavesAnEarlierRunsOtherFiles() throws IOException {
    Path results = folder.resolve("one stage");
    Files.createDirectories(results);
    Files.writeString(results.resolve("mine.txt"), "mine");
    assertThat(Parity.run("llm", "--out", results, "--json").exitCode()).isEqualTo(0);
    assertThat(listing(results)).containsAtLeast("mine.txt", "test_llm.log", "report.json");
    assertThat(listing(results)).doesNotContain("test_flow.log");
  }
}
