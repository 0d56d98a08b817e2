package parity.cosyvoice.flow;

import static com.google.common.truth.Truth.assertThat;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;

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

  /** Upstream's own masks, of chunks of 50 frames and of none ({@code make_masks.py}). */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 49, 50, 51, 100, 137})
  void visible_golden_isUpstreamsMask(int size) {
    Path golden =
        Path.of("src", "test", "resources", "parity", "cosyvoice", "flow", "masks.safetensors");
    try (Arena arena = Arena.ofConfined();
        TensorFile masks = Safetensors.open(golden)) {
      assertThat(masks.names()).hasSize(2 * 7);
      assertSame(ChunkMask.visible(size, 50, arena), masks.get("streaming." + size));
      assertSame(ChunkMask.visible(size, size, arena), masks.get("full." + size));
    }
  }

  private static void assertSame(Tensor mask, Tensor expected) {
    assertThat(mask.toString()).isEqualTo(expected.toString());
    assertThat(mask.data().mismatch(expected.data())).isEqualTo(-1);
  }

  @Property
  void visible_any_isWhereTheAddedMaskHasNothing(
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @IntRange(min = 1, max = 45) int chunkSize) {
    try (Arena arena = Arena.ofConfined()) {
      float[] added = ChunkMask.of(size, chunkSize, arena).toFloats();
      Tensor visible = ChunkMask.visible(size, chunkSize, arena);
      for (int i = 0; i < added.length; i++) {
        assertThat(visible.getLong(i) == 1).isEqualTo(added[i] == 0);
      }
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
