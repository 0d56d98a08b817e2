package parity.cosyvoice.flow;

import static com.google.common.truth.Truth.assertThat;

import java.lang.foreign.Arena;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import parity.tensors.Shape;
import parity.tensors.Tensor;

final class ChunkMaskTest {
  private static final float NO = Float.NEGATIVE_INFINITY;

  @Test
  void of_fourByTwo_isUpstreamsExample() {
    try (Arena arena = Arena.ofConfined()) {
      Tensor mask = ChunkMask.of(4, 2, arena);

      assertThat(mask.shape()).isEqualTo(Shape.of(1, 1, 4, 4));
      assertThat(mask.toFloats())
          .usingExactEquality()
          .containsExactly(0, 0, NO, NO, 0, 0, NO, NO, 0, 0, 0, 0, 0, 0, 0, 0)
          .inOrder();
    }
  }

  @Property
  void of_any_showsAFrameItsChunkAndAllBefore(
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @IntRange(min = 1, max = 45) int chunkSize) {
    try (Arena arena = Arena.ofConfined()) {
      float[] mask = ChunkMask.of(size, chunkSize, arena).toFloats();
      for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
          boolean sees = column / chunkSize <= row / chunkSize;
          assertThat(mask[row * size + column]).isEqualTo(sees ? 0f : NO);
        }
      }
    }
  }
}
