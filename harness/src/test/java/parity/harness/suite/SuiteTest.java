package parity.harness.suite;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.fixture.Samples;
import parity.harness.regime.Regimes;
import parity.harness.result.Exercised;
import parity.tensors.BadInputException;

/** Suites of an upstream that speaks by copying the sample, and says that it had other options. */
class SuiteTest {
  @TempDir Path folder;

  private final List<List<String>> captured = new ArrayList<>();

  private Suite.Result suite(int attempts, List<Path> recordings, Suite.Capturing upstream) {
    return Suite.of(
        new Suite.Request(
            Samples.MODEL,
            folder.resolve("suite"),
            recordings,
            attempts,
            List.of("--threads", "1")),
        upstream,
        new PrintWriter(new StringWriter()));
  }

  private static String after(String option, List<String> options) {
    return options.get(options.indexOf(option) + 1);
  }

  /** As upstream, but for what it says. */
  private void copySample(List<List<String>> captures) {
    for (List<String> options : captures) {
      captured.add(options);
      Path capture = Samples.copy(Samples.CAPTURE, Path.of(after("--out", options)));
      if (options.contains("--mode")) {
        String mode = after("--mode", options);
        rewrite(capture, Map.of("mode", mode));
      }
    }
  }

  private static void rewrite(Path capture, Map<String, String> metadata) {
    try (Stream<Path> files = Files.list(capture)) {
      files
          .filter(file -> file.toString().endsWith(".safetensors"))
          .forEach(file -> Samples.rewriteMetadata(file, all -> all.putAll(metadata)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void of_captures_areTheFewestAndMadeInFull() throws IOException {
    Suite.Result suite = suite(23, List.of(), this::copySample);
    assertThat(suite.captures().stream().map(made -> made.folder().getFileName().toString()))
        .containsAtLeast("tokens", "instructed", "converted");
    assertThat(suite.captures()).hasSize(4);
    assertThat(suite.attempts()).isEqualTo(23);
    assertThat(suite.together().counts().stream().filter(Exercised.Count::exercised).count())
        .isGreaterThan(26);
    assertThat(captured).hasSize(23 + suite.captures().size());
    assertThat(captured.getFirst()).containsAtLeast("--no-truth", "--threads", "1");
    assertThat(captured.getLast()).doesNotContain("--no-truth");
    try (Stream<Path> left = Files.list(folder.resolve("suite"))) {
      assertThat(left.filter(Files::isDirectory).map(path -> path.getFileName().toString()))
          .containsExactlyElementsIn(
              suite.captures().stream().map(m -> m.folder().getFileName().toString()).toList());
    }
  }

  @Test
  void of_attemptsThatSayNothing_areLeftOut() {
    Suite.Result suite =
        suite(
            16,
            List.of(),
            captures ->
                copySample(
                    captures.stream()
                        .filter(options -> after("--out", options).endsWith("dots"))
                        .toList()));
    assertThat(suite.captures()).hasSize(1);
    assertThat(suite.attempts()).isEqualTo(16);
  }

  @Test
  void of_nothingThatSpeaks_isRefused() {
    BadInputException refused =
        assertThrows(BadInputException.class, () -> suite(3, List.of(), captures -> {}));
    assertThat(refused).hasMessageThat().contains("nothing could be captured with it");
  }

  @Test
  void of_folderThatIsNotEmpty_isRefused() throws IOException {
    Files.createDirectories(folder.resolve("suite/mine"));
    BadInputException refused =
        assertThrows(BadInputException.class, () -> suite(3, List.of(), this::copySample));
    assertThat(refused).hasMessageThat().contains("is not empty");
    assertThat(captured).isEmpty();
  }

  @Test
  void of_recordingsOfOnesOwn_areTriedFromACopy() {
    Path wav = Samples.WAV;
    suite(20, List.of(wav), this::copySample);
    assertThat(captured.stream().flatMap(List::stream).filter(word -> word.endsWith("prompt.wav")))
        .contains(folder.resolve("suite/prompt.wav").toAbsolutePath().toString());
  }

  @Test
  void of_recordingThatIsNotThere_isRefused() {
    BadInputException refused =
        assertThrows(
            BadInputException.class,
            () -> suite(3, List.of(folder.resolve("none.wav")), this::copySample));
    assertThat(refused).hasMessageThat().contains("none.wav: no such file");
  }

  @Test
  void of_modelWithASecondLanguageModel_isCapturedWithItInAFolderOfItsOwn() throws IOException {
    Path model = Samples.copy(Samples.MODEL, folder.resolve("model"));
    Files.copy(model.resolve("llm.pt"), model.resolve("llm.rl.pt"));
    Suite.Result suite =
        Suite.of(
            new Suite.Request(model, folder.resolve("suite"), List.of(), 16, List.of()),
            captures -> {
              copySample(captures);
              for (List<String> options : captures) {
                if (after("--model-dir", options).endsWith("reinforced/model")) {
                  rewrite(Path.of(after("--out", options)), Map.of("language_model", "llm.rl.pt"));
                }
              }
            },
            new PrintWriter(new StringWriter()));
    Path reinforced = folder.resolve("suite/reinforced").toAbsolutePath();
    assertThat(suite.models().keySet()).contains(reinforced);
    assertThat(suite.models().get(reinforced)).hasValue(reinforced.resolve("model"));
    assertThat(Files.isSameFile(reinforced.resolve("model/llm.pt"), model.resolve("llm.rl.pt")))
        .isTrue();
    assertThat(Files.exists(reinforced.resolve("voice_16k.wav"))).isTrue();
  }

  @Test
  void why_whatCannotBe_isSaid() {
    Missing missing = new Missing(Samples.MODEL, 12);
    Map<String, String> whys = new HashMap<>();
    Regimes.all().counts().forEach(count -> whys.put(count.regime(), missing.why(count)));
    assertThat(whys.get("language model llm.rl.pt")).contains("has no llm.rl.pt");
    assertThat(whys.get("English rules change the text")).contains("needs wetext");
    assertThat(whys.get("hop of 100")).isEqualTo("not seen in 12 captures");
  }
}
