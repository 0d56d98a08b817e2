package parity.harness.sampling;

import static com.google.common.truth.Truth.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.fixture.Parity;
import parity.harness.fixture.Samples;
import parity.tensors.Tensor;

/** What a run says about the sampling of a capture that is not as the sample's. */
final class SamplingTest {
  private static final String FILE = "sampling.safetensors";

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Path capture;

  @BeforeEach
  void copy() throws IOException {
    capture = Samples.copy(Samples.CAPTURE, folder.resolve("capture"));
    Files.delete(capture.resolve("checksums.txt"));
  }

  private void change(String tensor, UnaryOperator<Tensor> change) {
    Samples.rewriteTensors(
        capture.resolve(FILE),
        tensors -> tensors.put(tensor, change.apply(Samples.of(tensors, tensor))));
  }

  private static Tensor doubled(Tensor numbers) {
    float[] values = numbers.toFloats();
    for (int i = 0; i < values.length; i++) {
      values[i] *= 2;
    }
    return Tensor.ofFloats(numbers.shape(), values);
  }

  private Parity run(Object... more) {
    Object[] arguments =
        Stream.concat(
                Stream.of(
                    "llm",
                    "--artifacts",
                    capture,
                    "--model-dir",
                    Samples.MODEL,
                    "--out",
                    folder.resolve("out")),
                Stream.of(more))
            .toArray();
    return Parity.run(arguments);
  }

  private static Map<String, String> statuses(Parity run) {
    Map<String, String> statuses = new TreeMap<>();
    for (JsonNode tensor : run.json().get("stages").get(0).get("tensors")) {
      String name = tensor.get("name").asText();
      if (name.startsWith("sampling.")) {
        statuses.put(name, tensor.get("status").asText());
      }
    }
    return statuses;
  }

  @Test
  void run_sample_comparesDrawsChoicesAndTokens() {
    Parity run = run("--json");

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(statuses(run))
        .containsExactly(
            "sampling.draw", "PASS",
            "sampling.step", "PASS",
            "sampling.size", "PASS",
            "sampling.prob", "PASS",
            "sampling.index", "PASS",
            "sampling.token", "PASS",
            "sampling.token.drawn", "PASS");
  }

  @Test
  void run_drawsOfAnotherSeed_areRed() {
    // Twice the numbers choose the same.
    change("draw", SamplingTest::doubled);
    Parity run = run("--json");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(statuses(run)).containsEntry("sampling.draw", "FAIL");
    assertThat(statuses(run)).containsEntry("sampling.index", "PASS");
    assertThat(statuses(run)).containsEntry("sampling.token.drawn", "PASS");
  }

  @Test
  void run_drawsOfAnotherPlatform_areReplayedAndTheLogSaysSo() throws IOException {
    change("draw", SamplingTest::doubled);
    try (Stream<Path> files = Files.list(capture)) {
      files
          .filter(file -> file.toString().endsWith(".safetensors"))
          .forEach(file ->
              Samples.rewriteMetadata(file, metadata -> metadata.put("cpu_capability", "DEFAULT")));
    }
    Parity run = run();

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(run.out())
        .contains(
            "sampling.draw: these are not the numbers that PyTorch draws on x86; Python's own are replayed");
  }

  @Test
  void run_otherStopToken_isRedAndTheMarginIsTold() {
    change(
        "token",
        token -> {
          int[] tokens = token.toInts();
          tokens[tokens.length - 1] = 6700;
          return Tensor.ofInts(token.shape(), tokens);
        });
    Parity run = run();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).containsMatch("FAIL sampling.token: .*");
    assertThat(run.out())
        .containsMatch("sampling.token.drawn: step 6 draws \\d+, Python drew 6700: .* floors of ");
  }

  @Test
  void run_noSamplingCaptured_isAsBefore() throws IOException {
    Files.delete(capture.resolve(FILE));
    Parity run = run("--json");

    assertThat(run.exitCode()).isEqualTo(0);
    assertThat(statuses(run)).isEmpty();
  }

  @Test
  void run_samplingLost_isInconclusive() throws IOException {
    Files.copy(Samples.CAPTURE.resolve("checksums.txt"), capture.resolve("checksums.txt"));
    Files.delete(capture.resolve(FILE));
    Parity run = run();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("sampling.safetensors is gone");
  }

  @Test
  void run_sizesThatDoNotAddUp_areNamed() {
    change(
        "size",
        size -> {
          int[] sizes = size.toInts();
          sizes[0]++;
          return Tensor.ofInts(size.shape(), sizes);
        });
    Parity run = run();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out())
        .contains(
            "size in sampling.safetensors: expected numbers above 0 that add up to the 151 of prob; capture again");
  }

  @Test
  void run_stepWithoutACall_isNamed() {
    change(
        "step",
        step -> {
          int[] steps = step.toInts();
          steps[1] = 0;
          return Tensor.ofInts(step.shape(), steps);
        });
    Parity run = run();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out())
        .contains("step in sampling.safetensors: expected calls in each of llm_logp's 7 steps");
  }
}
