package parity.cosyvoice.frontend;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.config.CosyVoiceConfigReader;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;

/** Everything that upstream computes from a recording, against what it computed. */
final class FrontendTest {
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final Path MODEL = SAMPLES.resolve("model");
  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "parity", "cosyvoice", "frontend", "golden");
  private static final String TOKENIZER = "speech_tokenizer_v3.onnx";
  private static final String ENCODER = "campplus.onnx";

  /** Largest relative L2 difference; whisper_mel: largest mean absolute difference. */
  private static final Map<String, Double> LIMITS =
      Map.of(
          "speech_16k", 1e-7,
          "speech_24k", 1e-7,
          "whisper_mel", 1e-6,
          "fbank", 1e-6,
          "speech_feat", 2e-6,
          "speaker_embedding", 1e-5);

  private static final CosyVoiceConfig CONFIG = CosyVoiceConfigReader.read(MODEL);

  @TempDir Path folder;

  @Test
  void run_sample_isWhatUpstreamCaptured() {
    assertParity(
        SAMPLES.resolve("prompt.wav"),
        SAMPLES.resolve("capture").resolve("frontend_artifacts.safetensors"));
  }

  @Test
  void run_sample_resamplesToTheLastBit() {
    try (Frontend frontend = Frontend.open(MODEL, CONFIG);
        TensorFile capture =
            Safetensors.open(SAMPLES.resolve("capture").resolve("frontend_artifacts.safetensors"));
        Arena arena = Arena.ofConfined()) {
      FrontendArtifacts artifacts = frontend.run(SAMPLES.resolve("prompt.wav"), arena);

      assertThat(artifacts.speech16k().toFloats()).isEqualTo(capture.get("speech_16k").toFloats());
      assertThat(artifacts.speech24k().toFloats()).isEqualTo(capture.get("speech_24k").toFloats());
    }
  }

  @Test
  void source_sample_isWhatUpstreamCapturedOfTheSameRecording() {
    try (Frontend frontend = Frontend.open(MODEL, CONFIG);
        Arena arena = Arena.ofConfined()) {
      Map<String, Tensor> whole = frontend.run(SAMPLES.resolve("prompt.wav"), arena).byName();
      Map<String, Tensor> source = frontend.source(SAMPLES.resolve("prompt.wav"), arena).byName();

      assertThat(source.keySet())
          .containsExactly("source_speech_16k", "source_whisper_mel", "source_speech_tokens")
          .inOrder();
      source.forEach((name, tensor) -> {
        Tensor same = Objects.requireNonNull(whole.get(name.substring("source_".length())));
        assertWithMessage(name).that(tensor.toString()).isEqualTo(same.toString());
        assertWithMessage(name).that(tensor.data().mismatch(same.data())).isEqualTo(-1);
      });
    }
  }

  @ParameterizedTest
  @MethodSource("sounds")
  void run_goldenSound_isWhatUpstreamComputed(Path sound) {
    assertParity(sound, Path.of(sound + ".safetensors"));
  }

  static Stream<Path> sounds() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      List<Path> all = files.sorted().toList();
      List<Path> sounds = all.stream().filter(file -> !isTensors(file)).toList();
      assertThat(sounds).hasSize(9);
      assertThat(all).hasSize(2 * sounds.size() + 1);
      return sounds.stream();
    }
  }

  private static boolean isTensors(Path file) {
    return file.toString().endsWith(".safetensors");
  }

  @ParameterizedTest
  @ValueSource(strings = {TOKENIZER, ENCODER})
  void open_modelMissing_isRefused(String name) throws IOException {
    copyModels();
    Files.delete(folder.resolve(name));

    assertRefused(name, "no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {TOKENIZER, ENCODER})
  void open_noModel_isRefused(String name) throws IOException {
    copyModels();
    Files.writeString(folder.resolve(name), "Hello, I am no model.");

    assertRefused(name, "not a model that ONNX Runtime can read");
  }

  @ParameterizedTest
  @ValueSource(strings = {TOKENIZER, ENCODER})
  void open_emptyModel_isRefused(String name) throws IOException {
    copyModels();
    Files.write(folder.resolve(name), new byte[0]);

    assertRefused(name, "not a model that ONNX Runtime can read");
  }

  @ParameterizedTest
  @ValueSource(strings = {TOKENIZER, ENCODER})
  void open_modelCutOff_isRefused(String name) throws IOException {
    copyModels();
    byte[] whole = Files.readAllBytes(folder.resolve(name));
    Files.write(folder.resolve(name), Arrays.copyOf(whole, whole.length / 2));

    assertRefused(name, "not a model that ONNX Runtime can read");
  }

  @Test
  void open_modelsSwapped_saysWhichAndWhatItHas() throws IOException {
    Files.copy(MODEL.resolve(TOKENIZER), folder.resolve(ENCODER));
    Files.copy(MODEL.resolve(ENCODER), folder.resolve(TOKENIZER));

    assertRefused(TOKENIZER, "model with inputs [input FLOAT [1, ?, 80]], expected FLOAT [1, 128");

    Files.copy(
        MODEL.resolve(TOKENIZER), folder.resolve(TOKENIZER), StandardCopyOption.REPLACE_EXISTING);
    assertRefused(ENCODER, "model with inputs [feats FLOAT [1, 128, ?], feats_length INT32 [1]]");
  }

  @Test
  void openEncoder_otherEmbeddingSize_isRefused() {
    BadInputException bad =
        assertThrows(
            BadInputException.class,
            () -> SpeakerEncoder.open(MODEL.resolve(ENCODER), 191).close());

    assertThat(bad).hasMessageThat().contains("outputs [output FLOAT [1, 192]], expected FLOAT");
  }

  @Test
  void run_tooShort_isRefused() throws IOException {
    byte[] wav = Files.readAllBytes(GOLDEN.resolve("pcm8_16000_mono.wav"));
    int samples = 480;
    wav[40] = (byte) samples;
    wav[41] = (byte) (samples >> 8);
    Path sound = folder.resolve("short.wav");
    Files.write(sound, Arrays.copyOf(wav, 44 + samples));
    try (Frontend frontend = Frontend.open(MODEL, CONFIG);
        Arena arena = Arena.ofConfined()) {
      BadInputException bad =
          assertThrows(BadInputException.class, () -> frontend.run(sound, arena));

      assertThat(bad)
          .hasMessageThat()
          .contains("480 samples at 16000 Hz are too short for one frame, expected over 0.0300 s");
    }
  }

  private void assertRefused(String name, String message) {
    BadInputException bad =
        assertThrows(BadInputException.class, () -> Frontend.open(folder, CONFIG).close());

    assertThat(bad).hasMessageThat().startsWith(folder.resolve(name).toString());
    assertThat(bad).hasMessageThat().contains(message);
    assertThat(bad).hasMessageThat().doesNotContain("\n");
  }

  private void copyModels() throws IOException {
    for (String name : List.of(TOKENIZER, ENCODER)) {
      Files.copy(MODEL.resolve(name), folder.resolve(name));
    }
  }

  private static void assertParity(Path sound, Path capture) {
    try (Frontend frontend = Frontend.open(MODEL, CONFIG);
        TensorFile expected = Safetensors.open(capture);
        Arena arena = Arena.ofConfined()) {
      Map<String, Tensor> found = frontend.run(sound, arena).byName();

      assertThat(expected.names()).containsAtLeastElementsIn(found.keySet());
      found.forEach(
          (name, tensor) -> assertParity(name, tensor, expected.get(name), limit(name, expected)));
    }
  }

  /**
   * In quiet bands upstream's own float32 is further from float64 than the limit: its FFT, and its
   * convolution, which for a sound this short sums in an order of its own. There one and a half
   * times that distance takes the limit's place.
   */
  private static double limit(String name, TensorFile expected) {
    double limit = LIMITS.getOrDefault(name, 0.0);
    if (!name.equals("fbank") || !expected.contains("exact_fbank")) {
      return limit;
    }
    return Math.max(limit, 1.5 * l2(expected.get("fbank"), expected.get("exact_fbank")));
  }

  private static void assertParity(String name, Tensor found, Tensor expected, double limit) {
    assertWithMessage(name).that(found.shape()).isEqualTo(expected.shape());
    if (expected.dtype() == DType.I32) {
      assertWithMessage(name).that(found.toInts()).isEqualTo(expected.toInts());
      return;
    }
    assertWithMessage(name)
        .that(name.equals("whisper_mel") ? meanAbsolute(found, expected) : l2(found, expected))
        .isAtMost(limit);
  }

  private static double l2(Tensor found, Tensor expected) {
    double difference = 0;
    double norm = 0;
    for (long i = 0; i < expected.elements(); i++) {
      difference += Math.pow(found.getFloat(i) - (double) expected.getFloat(i), 2);
      norm += Math.pow(expected.getFloat(i), 2);
    }
    return Math.sqrt(difference / norm);
  }

  private static double meanAbsolute(Tensor found, Tensor expected) {
    double sum = 0;
    for (long i = 0; i < expected.elements(); i++) {
      sum += Math.abs(found.getFloat(i) - (double) expected.getFloat(i));
    }
    return sum / expected.elements();
  }
}
