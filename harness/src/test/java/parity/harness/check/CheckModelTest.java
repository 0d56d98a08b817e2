package parity.harness.check;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;
import parity.tensors.checkpoint.CheckpointCopy;
import parity.tensors.file.Sha256;

final class CheckModelTest {
  @TempDir Path folder;

  @BeforeEach
  void copySample() {
    Samples.copy(Samples.MODEL, model());
  }

  private Path model() {
    return folder.resolve("model");
  }

  private Parity check(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("check-model", model()));
    arguments.addAll(List.of(more));
    return Parity.run(arguments.toArray());
  }

  /** The line about a file, and what is said to be wrong with it. */
  private String refused(String file) {
    Parity run = check();
    assertWithMessage("%s%s", run.out(), run.err()).that(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).matches("parity: .*" + file + ".*\\R");
    assertThat(run.out()).containsMatch("(?m)^WRONG " + file + " ");
    return run.out().lines().filter(line -> line.startsWith(file + ": ")).findFirst().orElseThrow();
  }

  private JsonNode json(String file, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("--json"));
    arguments.addAll(List.of(more));
    for (JsonNode each : check(arguments.toArray()).json().get("files")) {
      if (each.get("name").asText().equals(file)) {
        return each;
      }
    }
    throw new AssertionError(file + " is not listed");
  }

  @Test
  void check_sample_listsEveryFileOnceAndHolds() throws IOException {
    Files.writeString(model().resolve("README.md"), "mine");
    Parity run = check("--json");
    assertWithMessage(run.err()).that(run.exitCode()).isEqualTo(0);
    assertThat(run.json().get("usable").asBoolean()).isTrue();
    List<String> names = run.json().get("files").findValuesAsText("name");
    assertThat(names)
        .containsExactly(
            "cosyvoice3.yaml",
            "CosyVoice-BlankEN/config.json",
            "CosyVoice-BlankEN/vocab.json",
            "CosyVoice-BlankEN/merges.txt",
            "CosyVoice-BlankEN/tokenizer_config.json",
            "CosyVoice-BlankEN/pytorch_model.bin",
            "llm.pt",
            "flow.pt",
            "hift.pt",
            "campplus.onnx",
            "speech_tokenizer_v3.onnx",
            "README.md")
        .inOrder();
    for (JsonNode file : run.json().get("files")) {
      Path path = model().resolve(file.get("name").asText());
      assertThat(file.get("bytes").asLong()).isEqualTo(Files.size(path));
      assertThat(file.get("sha256").asText()).isEqualTo(Sha256.text(path));
      assertThat(file.get("fine").asBoolean()).isTrue();
    }
    assertThat(json("hift.pt").get("tensors").get("F32").asInt()).isEqualTo(328);
    assertThat(json("README.md").get("need").asText()).isEqualTo("OTHER");
    assertThat(check("--json", "--threads", "1").out()).isEqualTo(run.out());
    assertThat(check().out().stripTrailing()).endsWith("model can be used");
  }

  /** Each way in which a file is no such file. */
  @ParameterizedTest
  @CsvSource({
    "hift.pt, missing, no such file",
    "flow.pt, cut, cut off",
    "llm.pt, text, is not a zip file",
    "campplus.onnx, cut, ONNX",
    "speech_tokenizer_v3.onnx, text, ONNX",
    "speech_tokenizer_v3.onnx, missing, no such file",
    "cosyvoice3.yaml, text, YAML",
    "cosyvoice3.yaml, missing, no such file",
    "CosyVoice-BlankEN/config.json, text, JSON",
    "CosyVoice-BlankEN/vocab.json, text, JSON",
    "CosyVoice-BlankEN/merges.txt, missing, no such file",
    "CosyVoice-BlankEN/tokenizer_config.json, text, JSON",
    "CosyVoice-BlankEN/pytorch_model.bin, cut, cut off"
  })
  void check_noSuchFile_isNamedWithWhy(String name, String way, String why) throws IOException {
    Path file = model().resolve(name);
    byte[] whole = Files.readAllBytes(file);
    switch (way) {
      case "missing" -> Files.delete(file);
      case "cut" -> Samples.replace(file, Arrays.copyOf(whole, whole.length / 2));
      default -> Samples.replace(file, "This is: [no such file\n".getBytes(UTF_8));
    }
    assertThat(refused(name).toLowerCase(Locale.ROOT)).contains(why.toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"llm.pt", "flow.pt", "hift.pt"})
  void check_flippedBit_isFoundByItsMembersChecksum(String name) throws IOException {
    Path file = model().resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 16;
    Samples.replace(file, bytes);
    assertThat(refused(name)).containsMatch("its member '.*/data/\\d+' has CRC-32 ");
    assertThat(json(name).get("damaged")).hasSize(1);
  }

  @Test
  void check_numbersThatAreNone_areCountedByTensor() throws IOException {
    Path file = model().resolve("hift.pt");
    CheckpointCopy.write(
        file,
        file,
        (name, bytes) -> {
          if (name.endsWith("/data/0")) {
            ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(0, Float.NaN)
                .putFloat(4, Float.NEGATIVE_INFINITY);
          }
          return bytes;
        });
    assertThat(refused("hift.pt"))
        .containsMatch(
            "NaN or infinite: 'generator.m_source.l_linear.weight' has 2; it is damaged");
    assertThat(json("hift.pt").get("damaged")).isEmpty();
  }

  @Test
  void check_checkpointOfTraining_isRefusedByItsKeysAndSoIsSpeakingAndComparing()
      throws IOException {
    Path file = model().resolve("llm.pt");
    CheckpointCopy.withNumbers(file, file, "epoch", "step");
    assertThat(refused("llm.pt")).contains("unexpected 'epoch' (the number 7), 'step'");
    assertThat(json("llm.pt").get("unexpected")).hasSize(2);

    Parity spoken =
        Parity.run(
            "synthesize",
            "--model-dir",
            model(),
            "--prompt-wav",
            Samples.WAV,
            "--prompt-text",
            "Hello.",
            "--text",
            "Hi.",
            "-o",
            folder.resolve("a.wav"));
    assertThat(spoken.exitCode()).isEqualTo(3);
    assertThat(spoken.err()).contains("llm.pt: upstream's load_state_dict(strict=True) refuses it");

    Parity compared =
        Parity.run(
            "run",
            "--stages",
            "text,llm",
            "--force-model",
            "--model-dir",
            model(),
            "--artifacts",
            Samples.CAPTURE,
            "--out",
            folder.resolve("out"));
    assertThat(compared.exitCode()).isEqualTo(3);
    assertThat(compared.err()).contains("unexpected 'epoch'");
    assertThat(compared.out()).doesNotContain("==>");
  }

  @Test
  void check_otherDimensions_namesWhatIsMissingAndMisshapen() throws IOException {
    Path yaml = model().resolve("cosyvoice3.yaml");
    String deeper = Files.readString(yaml).replaceFirst("depth: 2", "depth: 3");
    Samples.replace(yaml, deeper.getBytes(UTF_8));
    assertThat(refused("flow.pt"))
        .contains("missing 'decoder.estimator.transformer_blocks.2.attn.to_k.bias'");
    assertThat(json("flow.pt").get("missing")).hasSize(14);
  }

  @Test
  void check_links_areFollowedShownAndRefusedWhereNothingIs() throws IOException {
    Path blob = Files.move(model().resolve("hift.pt"), folder.resolve("4f2a"));
    Files.createSymbolicLink(model().resolve("hift.pt"), Path.of("..", "4f2a"));
    Parity run = check();
    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out()).contains("hift.pt -> " + blob.toRealPath());

    Files.delete(blob);
    assertThat(refused("hift.pt")).contains("is a link to '../4f2a', where no file is");
  }

  @Test
  void check_againstACapture_saysWhichFilesAreIts() throws IOException {
    assertThat(check("--artifacts", Samples.CAPTURE).exitCode()).isEqualTo(0);
    assertThat(json("hift.pt", "--artifacts", Samples.CAPTURE).get("of_capture").asBoolean())
        .isTrue();
    byte[] bytes = Files.readAllBytes(model().resolve("campplus.onnx"));
    Samples.replace(model().resolve("campplus.onnx"), Arrays.copyOf(bytes, bytes.length + 2));
    JsonNode other = json("campplus.onnx", "--artifacts", Samples.CAPTURE);
    assertThat(other.get("of_capture").asBoolean()).isFalse();
    assertThat(other.get("problems").toString()).contains("capture's own");
    assertThat(json("cosyvoice3.yaml").has("of_capture")).isFalse();
  }

  @Test
  void check_furtherLanguageModel_isHeldToTheSameKeys() throws IOException {
    Files.copy(model().resolve("flow.pt"), model().resolve("llm.rl.pt"));
    assertThat(refused("llm.rl.pt")).contains("missing 'llm.model.lm_head.weight'");
  }

  @Test
  void check_noFolder_isRefused() {
    Parity run = Parity.run("check-model", folder.resolve("none"));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("no such folder");
  }
}
