package parity.harness;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;

/** The command line but for runs. */
final class MainTest {
  private static final Path ARTIFACTS = Samples.CAPTURE.resolve("frontend_artifacts.safetensors");

  @TempDir Path folder;

  @Test
  void run_version_saysOursJavasAndTheEngines() {
    Parity version = Parity.run("--version");
    assertThat(version.exitCode()).isEqualTo(0);
    assertThat(version.out()).containsMatch("^parity \\S+ \\(Java \\S+, ONNX Runtime \\S+\\)\\R$");
  }

  @Test
  void run_errorOfOurs_isExit4WithStackTrace() {
    StringWriter err = new StringWriter();
    Writer broken =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) {
            throw new StackOverflowError("out of room");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    int code = Main.run(broken, err, "inspect", ARTIFACTS.toString());
    assertThat(code).isEqualTo(4);
    assertThat(err.toString()).startsWith("parity: a bug of ours");
    assertThat(err.toString()).contains("out of room");
    assertThat(err.toString()).contains("    at ");
  }

  @Test
  void inspect_safetensors_listsTensorsAndMetadata() {
    Parity list = Parity.run("inspect", ARTIFACTS);
    assertThat(list.exitCode()).isEqualTo(0);
    assertThat(list.out()).containsMatch("(?m)^# prompt_wav: prompt.wav$");
    assertThat(list.out()).containsMatch("(?m)^I32 +\\[1, 48\\] +speech_tokens$");
  }

  @Test
  void inspect_safetensorsAsJson_isOneObject() {
    JsonNode root = Parity.run("inspect", "--json", ARTIFACTS).json();
    assertThat(root.at("/metadata/torch").asText()).isEqualTo("2.3.1+cu121");
    JsonNode tokens = root.at("/tensors/speech_tokens");
    assertThat(tokens.get("dtype").asText()).isEqualTo("I32");
    assertThat(tokens.get("shape").toString()).isEqualTo("[1,48]");
    assertThat(root.get("tensors").size()).isEqualTo(7);
  }

  @Test
  void inspect_checkpoint_listsWeights() {
    Parity list = Parity.run("inspect", Samples.MODEL.resolve("flow.pt"));
    assertThat(list.exitCode()).isEqualTo(0);
    assertThat(list.out()).contains("decoder.estimator.transformer_blocks.0.attn.to_q.weight");
  }

  @Test
  void inspect_foreignFile_isRefusedInOneLine() throws Exception {
    Path jpeg = folder.resolve("a.safetensors");
    Files.write(jpeg, "\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF".getBytes(UTF_8));
    for (Path wrong : new Path[] {jpeg, folder, folder.resolve("missing")}) {
      Parity refused = Parity.run("inspect", "--json", wrong);
      assertThat(refused.exitCode()).isEqualTo(3);
      assertThat(refused.err()).matches("parity: .+\\R");
      assertThat(refused.err()).contains(wrong.toString());
      assertThat(refused.out()).isEmpty();
    }
  }
}
