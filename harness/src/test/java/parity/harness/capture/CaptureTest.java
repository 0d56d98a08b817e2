package parity.harness.capture;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.tensors.BadInputException;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.format.SafetensorsWriter;

final class CaptureTest {
  private static final Shape TWO = Shape.of(2);

  @TempDir Path folder;

  private Path write(String name, Map<String, String> metadata, String... tensors) {
    Path file = folder.resolve(name + ".safetensors");
    Map<String, Tensor> all = new TreeMap<>();
    for (String tensor : tensors) {
      all.put(tensor, Tensor.ofFloats(TWO, 1, 2));
    }
    SafetensorsWriter.write(file, all, metadata);
    return file;
  }

  private Capture open() {
    return Capture.open(
        Optional.empty(), Optional.of(folder.resolve(Capture.FULL)), Settings.Overrides.NONE);
  }

  @Test
  void open_earlierHarness_hasNoTapsTruthOrMetadata() {
    write("debug_artifacts", Map.of(), "token");
    try (Capture capture = open()) {
      assertThat(capture.saysWhatMadeIt()).isFalse();
      assertThat(capture.holdsLlm()).isFalse();
      assertThat(capture.truthOutputs()).isEmpty();
      assertThat(capture.taps(Part.FLOW)).isEmpty();
      assertThat(capture.waveform()).isEmpty();
      assertThat(capture.changes(List.of(Capture.FULL))).isEmpty();
    }
  }

  @Test
  void open_wholeCapture_hasItsParts() throws IOException {
    write("debug_artifacts", Map.of("upstream_commit", "a", "seed", "0"), "token");
    write("taps_flow", Map.of("seed", "0", "order", "[\"b\", \"a\"]"), "a", "b");
    write("truth_flow_cumulative", Map.of("seed", "0", "order", "[\"b\", \"a\"]"), "a", "b");
    write("truth_outputs", Map.of("torch", "2.3.1"), "python_flow_output");
    Files.writeString(folder.resolve(Capture.WAVEFORM), "");
    try (Capture capture = open()) {
      assertThat(capture.saysWhatMadeIt()).isTrue();
      assertThat(capture.holdsLlm()).isTrue();
      assertThat(capture.metadata())
          .containsExactly("upstream_commit", "a", "seed", "0", "torch", "2.3.1");
      TapFiles taps = capture.taps(Part.FLOW).orElseThrow();
      assertThat(taps.expected()).containsExactly("b", "a").inOrder();
      assertThat(taps.truth()).isPresent();
      assertThat(capture.taps(Part.HIFT)).isEmpty();
      assertThat(capture.waveform()).isPresent();
    }
  }

  @Test
  void taps_orderOfTapsAndTruthDiffer_areExpectedTogether() {
    write("debug_artifacts", Map.of(), "token");
    write("taps_flow", Map.of("order", "[\"b\", \"a\"]"), "a", "b");
    write("truth_flow_cumulative", Map.of("order", "[\"b\", \"c\"]"), "b", "c");
    try (Capture capture = open()) {
      assertThat(capture.taps(Part.FLOW).orElseThrow().expected())
          .containsExactly("b", "a", "c")
          .inOrder();
    }
  }

  @Test
  void taps_noOrder_areExpectedAsTheFileHasThem() {
    write("debug_artifacts", Map.of(), "token");
    write("taps_flow", Map.of(), "a", "b");
    try (Capture capture = open()) {
      assertThat(capture.taps(Part.FLOW).orElseThrow().expected()).containsExactly("a", "b");
    }
  }

  @Test
  void open_truthWithoutItsTaps_isRefused() {
    write("debug_artifacts", Map.of(), "token");
    write("truth_flow_cumulative", Map.of(), "a");
    BadInputException refused = assertThrows(BadInputException.class, this::open);
    assertThat(refused).hasMessageThat().contains("truth_flow_cumulative.safetensors");
    assertThat(refused).hasMessageThat().contains("taps_flow.safetensors is missing");
  }

  @Test
  void open_filesOfTwoCaptures_isRefused() {
    write("debug_artifacts", Map.of("seed", "0"), "token");
    write("taps_flow", Map.of("seed", "1"), "a");
    BadInputException refused = assertThrows(BadInputException.class, this::open);
    assertThat(refused).hasMessageThat().contains("taps_flow.safetensors");
    assertThat(refused).hasMessageThat().contains("seed is '1', not '0'");
  }

  @Test
  void changes_checksumsOfOtherTensors_nameEachChange() throws IOException {
    write("debug_artifacts", Map.of(), "token", "added");
    // sha256 of float32 1, 2
    String sum = "b9c80b5adeca450753a16950c3cc655d271f7bef7a485bc83f112b72fef21d37";
    Files.writeString(
        folder.resolve(Checksums.NAME),
        "%s debug_artifacts.safetensors token%n%s debug_artifacts.safetensors lost%n%s x.safetensors y%n"
            .formatted(sum, sum, sum));
    try (Capture capture = open()) {
      assertThat(capture.changes(List.of(Capture.FULL, "x.safetensors", "z.safetensors")))
          .containsExactly(
              "lost is gone in debug_artifacts.safetensors",
              "added was not there in debug_artifacts.safetensors",
              "x.safetensors is gone")
          .inOrder();
    }
    Files.writeString(
        folder.resolve(Checksums.NAME),
        "%s debug_artifacts.safetensors token%n%s debug_artifacts.safetensors added%n"
            .formatted(sum.replace('6', '7'), sum));
    try (Capture capture = open()) {
      assertThat(capture.changes(List.of(Capture.FULL)))
          .containsExactly("token has other numbers in debug_artifacts.safetensors");
    }
  }

  @Test
  void open_checksumsThatAreNone_isRefused() throws IOException {
    write("debug_artifacts", Map.of(), "token");
    Files.writeString(folder.resolve(Checksums.NAME), "abc debug_artifacts.safetensors token\n");
    BadInputException refused = assertThrows(BadInputException.class, this::open);
    assertThat(refused).hasMessageThat().contains(Checksums.NAME);
  }
}
