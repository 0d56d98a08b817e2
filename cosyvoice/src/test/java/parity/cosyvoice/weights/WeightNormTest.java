package parity.cosyvoice.weights;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.checkpoint.Checkpoint;

/** {@code make_checkpoints.py} wrote what is expected here. */
final class WeightNormTest {
  private static final Path FILE =
      Path.of("src", "test", "resources", "parity", "cosyvoice", "weights", "weight_norm.pt");

  private final Checkpoint expected = Checkpoint.open(FILE);
  private final CheckpointWeights weights = CheckpointWeights.open(FILE);
  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void close() {
    arena.close();
    weights.close();
    expected.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"now", "before"})
  void fold_eitherNaming_isTheExactWeightRounded(String module) {
    Tensor folded = WeightNorm.fold(weights, module, arena, 4, 3, 5);
    Tensor exact = expected.get("exact");

    assertThat(folded.dtype()).isEqualTo(DType.F32);
    for (int i = 0; i < folded.elements(); i++) {
      assertThat(folded.getFloat(i)).isEqualTo((float) exact.getDouble(i));
    }
  }

  @Test
  void fold_againstTorchInFloat32_isWithinItsRounding() {
    Tensor folded = WeightNorm.fold(weights, "now", arena, 4, 3, 5);
    Tensor byTorch = expected.get("by_torch");

    for (int i = 0; i < folded.elements(); i++) {
      float value = byTorch.getFloat(i);
      assertThat(folded.getFloat(i)).isWithin(3 * Math.ulp(value)).of(value);
    }
  }

  @Test
  void foldToDouble_givesFloat64() {
    Tensor folded = WeightNorm.foldToDouble(weights, "now", arena, 4, 3, 5);
    Tensor exact = expected.get("exact");

    assertThat(folded.dtype()).isEqualTo(DType.F64);
    for (int i = 0; i < folded.elements(); i++) {
      double value = exact.getDouble(i);
      assertThat(folded.getDouble(i)).isWithin(4 * Math.ulp(value)).of(value);
    }
  }

  @Test
  void fold_plainWeight_saysWhatIsMissing() {
    String message =
        assertThrows(
                BadInputException.class, () -> WeightNorm.fold(weights, "plain", arena, 4, 3, 5))
            .getMessage();

    assertThat(message).contains("weight_norm.pt: plain has no weight norm");
    assertThat(message).contains("plain.parametrizations.weight.original0");
  }

  @Test
  void fold_otherShape_namesTheHalf() {
    String message =
        assertThrows(BadInputException.class, () -> WeightNorm.fold(weights, "now", arena, 5, 3, 5))
            .getMessage();

    assertThat(message).contains("now.parametrizations.weight.original0 is F32 [4, 1, 1]");
    assertThat(message).contains("F32 [5, 1, 1]");
  }
}
