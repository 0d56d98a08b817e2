package parity.cosyvoice.weights;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.tensors.BadInputException;
import parity.tensors.DType;

final class CheckpointWeightsTest {
  private static final Path MODEL = Path.of("..", "samples", "model");
  private static final Path FIXTURES =
      Path.of("src", "test", "resources", "parity", "cosyvoice", "weights");

  private static String complaint(Executable executable) {
    String message = String.valueOf(assertThrows(BadInputException.class, executable).getMessage());
    assertThat(message).doesNotContain("\n");
    return message;
  }

  @Test
  void expect_asConfigured_isThatTensor() {
    try (CheckpointWeights weights = CheckpointWeights.open(MODEL.resolve("flow.pt"))) {
      assertThat(weights.expect("input_embedding.weight", 6561, 80).dtype()).isEqualTo(DType.F32);
      assertThat(weights.slice("spk_embed_affine_layer.weight")).isPresent();
    }
  }

  /** The sample stores its embedding as rows that overlap, so its bytes are not the tensor's. */
  @Test
  void slice_rowsThatOverlap_isNone() {
    try (CheckpointWeights weights = CheckpointWeights.open(MODEL.resolve("flow.pt"))) {
      assertThat(weights.slice("input_embedding.weight")).isEmpty();
    }
  }

  @Test
  void expect_otherShape_namesFileTensorFoundAndExpected() {
    try (CheckpointWeights weights = CheckpointWeights.open(MODEL.resolve("flow.pt"))) {
      String message = complaint(() -> weights.expect("input_embedding.weight", 6561, 81));

      assertThat(message).contains("flow.pt");
      assertThat(message).contains("input_embedding.weight is F32 [6561, 80]");
      assertThat(message).contains("F32 [6561, 81]");
    }
  }

  @Test
  void get_missing_namesFileAndTensor() {
    try (CheckpointWeights weights = CheckpointWeights.open(MODEL.resolve("flow.pt"))) {
      assertThat(complaint(() -> weights.get("nowhere.weight")))
          .containsMatch("flow\\.pt: tensor nowhere\\.weight is missing");
      assertThat(complaint(() -> weights.slice("nowhere.weight"))).contains("is missing");
      assertThat(weights.contains("nowhere.weight")).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"f16, F16", "bf16, BF16", "f64, F64", "i64, I64"})
  void get_otherDtype_saysThatFloat32IsNeeded(String name, String found) {
    try (CheckpointWeights weights = CheckpointWeights.open(FIXTURES.resolve("dtypes.pt"))) {
      assertThat(complaint(() -> weights.get(name)))
          .containsMatch("dtypes\\.pt: tensor " + name + " is " + found + " \\[2\\].*float32");
    }
  }

  @Test
  void openVocoder_prefixedNames_areThoseOfTheModules() {
    try (CheckpointWeights weights = CheckpointWeights.openVocoder(MODEL.resolve("hift.pt"))) {
      assertThat(weights.contains("conv_pre.bias")).isTrue();
      assertThat(weights.contains("generator.conv_pre.bias")).isFalse();
      assertThat(weights.expect("conv_pre.bias", 32).elements()).isEqualTo(32);
    }
  }

  @Test
  void openVocoder_twoNamesBecomeOne_isRefused() {
    assertThat(complaint(() -> CheckpointWeights.openVocoder(FIXTURES.resolve("clash.pt"))))
        .contains("conv.weight and generator.conv.weight are both conv.weight");
  }

  @Test
  void open_fileThatIsNone_isRefused() {
    assertThat(complaint(() -> CheckpointWeights.open(MODEL.resolve("none.pt"))))
        .contains("none.pt");
  }

  @Test
  void unused_afterSomeWereTaken_listsTheRest() {
    try (CheckpointWeights weights = CheckpointWeights.open(FIXTURES.resolve("dtypes.pt"))) {
      weights.get("f32");

      assertThat(weights.unused()).containsExactly("bf16", "f16", "f64", "i64").inOrder();
    }
  }

  @Test
  void close_thenRead_throws() {
    CheckpointWeights weights = CheckpointWeights.open(MODEL.resolve("flow.pt"));
    var tensor = weights.get("input_embedding.weight");
    weights.close();

    assertThrows(IllegalStateException.class, () -> tensor.getFloat(0));
  }
}
