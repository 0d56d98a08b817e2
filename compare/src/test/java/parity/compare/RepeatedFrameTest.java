package parity.compare;

import static com.google.common.truth.Truth.assertThat;

import java.lang.foreign.Arena;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

class RepeatedFrameTest {
  @Test
  void copyOf_twoChannels_repeatsTheFrameBeforeTheLargestStep() {
    try (Arena arena = Arena.ofConfined()) {
      Tensor tensor = Tensor.ofFloats(Shape.of(2, 3), 1, 2, 9, 4, 5, 6);
      Tensor copy = RepeatedFrame.copyOf(tensor, arena).orElseThrow();
      assertThat(copy.toFloats()).isEqualTo(new float[] {1, 2, 2, 4, 5, 5});
    }
  }

  @Test
  void copyOf_framesFirst_repeatsAWholeRow() {
    try (Arena arena = Arena.ofConfined()) {
      Tensor tensor = Tensor.ofFloats(Shape.of(3, 2), 1, 2, 8, 9, 8, 9);
      Tensor copy = RepeatedFrame.copyOf(tensor, arena).orElseThrow();
      assertThat(copy.toFloats()).isEqualTo(new float[] {1, 2, 1, 2, 8, 9});
    }
  }

  @Test
  void copyOf_longAxis_repeatsAStretch() {
    float[] values = new float[640];
    java.util.Arrays.fill(values, 320, 640, 1);
    try (Arena arena = Arena.ofConfined()) {
      float[] copy =
          RepeatedFrame.copyOf(Tensor.ofFloats(Shape.of(640), values), arena)
              .orElseThrow()
              .toFloats();
      for (int i = 0; i < copy.length; i++) {
        assertThat(copy[i]).isEqualTo(i < 330 ? 0f : 1f);
      }
    }
  }

  @Test
  void copyOf_nothingThatDiffers_isEmpty() {
    try (Arena arena = Arena.ofConfined()) {
      assertThat(RepeatedFrame.copyOf(Tensor.ofFloats(Shape.of(3), 1, 1, 1), arena)).isEmpty();
      assertThat(RepeatedFrame.copyOf(Tensor.ofFloats(Shape.of(), 1), arena)).isEmpty();
      assertThat(RepeatedFrame.copyOf(Tensor.allocate(DType.F32, Shape.of(0, 4), arena), arena))
          .isEqualTo(Optional.empty());
    }
  }
}
