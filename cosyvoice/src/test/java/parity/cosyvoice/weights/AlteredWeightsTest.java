package parity.cosyvoice.weights;

import static com.google.common.truth.Truth.assertThat;

import java.lang.foreign.Arena;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parity.cosyvoice.onnx.Weights;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.file.FileSlice;

class AlteredWeightsTest {
  private record Two(Map<String, Tensor> tensors) implements Weights {
    @Override
    public void requireUnchanged() {}

    @Override
    public String source() {
      return "two.pt";
    }

    @Override
    public Tensor get(String name) {
      return Objects.requireNonNull(tensors.get(name));
    }

    @Override
    public boolean contains(String name) {
      return tensors.containsKey(name);
    }

    @Override
    public Optional<FileSlice> slice(String name) {
      return Optional.of(new FileSlice(java.nio.file.Path.of("two.pt"), 0, 8));
    }
  }

  private final Weights weights =
      new Two(
          Map.of(
              "a", Tensor.ofFloats(Shape.of(2, 2), 3, 4, 5, 6),
              "b", Tensor.ofFloats(Shape.of(1), 1)));

  @Test
  void get_oneAltered_isACopyAndTheOtherAsItWas() {
    try (Arena arena = Arena.ofConfined()) {
      Weights altered =
          new AlteredWeights(
              weights, "a"::equals, tensor -> AlteredWeights.nudge(tensor, 0.1), arena);
      double step = 0.1 * Math.sqrt(12.5);
      assertThat(altered.get("a").getFloat(1)).isEqualTo((float) (4 + step));
      assertThat(altered.get("a")).isSameInstanceAs(altered.get("a"));
      assertThat(weights.get("a").getFloat(1)).isEqualTo(4);
      assertThat(altered.get("b")).isSameInstanceAs(weights.get("b"));
      assertThat(altered.slice("a")).isEmpty();
      assertThat(altered.slice("b")).isPresent();
      assertThat(altered.contains("c")).isFalse();
      assertThat(altered.source()).isEqualTo("two.pt");
    }
  }

  @Test
  void toBfloat16_anyNumber_isTheNearestTiesToEven() {
    float tie = Float.intBitsToFloat(0x3f808000);
    float tieAboveOdd = Float.intBitsToFloat(0x3f818000);
    Tensor tensor = Tensor.ofFloats(Shape.of(5), 1, tie, tieAboveOdd, Math.nextUp(tie), -3.14159f);
    AlteredWeights.toBfloat16(tensor);
    assertThat(tensor.toFloats())
        .isEqualTo(
            new float[] {
              1, 1, Float.intBitsToFloat(0x3f820000), Float.intBitsToFloat(0x3f810000), -3.140625f
            });
  }
}
