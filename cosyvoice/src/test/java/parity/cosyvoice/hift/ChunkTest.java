package parity.cosyvoice.hift;

import static com.google.common.truth.Truth.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ChunkTest {
  @Property
  void split_anyAxis_coversItOnceAndReadsEveryContext(
      @ForAll @IntRange(min = 1, max = 5000) int frames,
      @ForAll @IntRange(max = 60) int reach,
      @ForAll @IntRange(min = 1, max = 700) int longest,
      @ForAll @IntRange(min = 1, max = 5) int threads) {
    long next = 0;
    for (Chunk chunk : Chunk.split(frames, reach, longest, threads)) {
      assertThat(chunk.start()).isEqualTo(next);
      assertThat(chunk.end()).isGreaterThan(chunk.start());
      assertThat(chunk.from()).isEqualTo(Math.max(0, chunk.start() - reach));
      next = chunk.end();
    }
    assertThat(next).isEqualTo(frames);
  }

  @Test
  void split_longAxis_sharesTheWorkEvenly() {
    assertThat(Chunk.split(500, 25, 256, 2))
        .containsExactly(new Chunk(0, 0, 263), new Chunk(238, 263, 500))
        .inOrder();
  }

  @Test
  void split_axisOfLittleMoreThanItsContext_staysWhole() {
    assertThat(Chunk.split(80, 40, 10, 4)).isEqualTo(List.of(new Chunk(0, 0, 80)));
  }
}
