package parity.cosyvoice.synthesis.steps;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import parity.cosyvoice.synthesis.Golden;
import parity.cosyvoice.synthesis.steps.ChunkSchedule.Chunk;

final class ChunkScheduleTest {
  private static final int LOOK_AHEAD = 3;

  /** Utterance, token_offset, token_hop_len, tokens, streaming, finalize. */
  private static final int COLUMNS = 6;

  @Test
  void of_golden_isUpstreamsSchedule() {
    int[] utterances = Golden.numbers("utterances");
    int[] rows = Golden.numbers("chunks");
    int at = 0;
    for (int u = 0; u < utterances.length / 2; u++) {
      List<Chunk> expected = new ArrayList<>();
      for (; at < rows.length && rows[at] == u; at += COLUMNS) {
        assertThat(rows[at + 4]).isEqualTo(1 - rows[at + 5]);
        expected.add(new Chunk(rows[at + 1], rows[at + 2], rows[at + 3], rows[at + 5] == 1));
      }
      int prompt = utterances[2 * u];
      int tokens = utterances[2 * u + 1];
      assertWithMessage("%s tokens behind a prompt of %s", tokens, prompt)
          .that(ChunkSchedule.of(prompt, LOOK_AHEAD, tokens))
          .isEqualTo(expected);
    }
    assertThat(at).isEqualTo(rows.length);
  }

  /** A language model draws one token at a time. */
  @Property(tries = 200)
  void next_tokensOneByOne_isTheSameSchedule(
      @ForAll @IntRange(max = 400) int prompt, @ForAll @IntRange(min = 1, max = 600) int tokens) {
    ChunkSchedule schedule = new ChunkSchedule(prompt, LOOK_AHEAD);
    List<Chunk> chunks = new ArrayList<>();
    for (int drawn = 1; drawn <= tokens; drawn++) {
      schedule.next(drawn).ifPresent(chunks::add);
    }
    chunks.add(schedule.last(tokens));
    assertThat(chunks).isEqualTo(ChunkSchedule.of(prompt, LOOK_AHEAD, tokens));
  }

  @Property(tries = 200)
  void of_any_firstChunkEndsWithABlockAndTheLastHasAllTokens(
      @ForAll @IntRange(max = 400) int prompt, @ForAll @IntRange(min = 1, max = 600) int tokens) {
    List<Chunk> chunks = ChunkSchedule.of(prompt, LOOK_AHEAD, tokens);
    assertThat(chunks.getFirst().offset()).isEqualTo(0);
    assertThat(chunks.getLast().tokens()).isEqualTo(tokens);
    for (Chunk chunk : chunks) {
      assertThat(chunk.isFinal()).isEqualTo(chunk.equals(chunks.getLast()));
      if (!chunk.isFinal()) {
        assertThat((prompt + chunk.tokens() - LOOK_AHEAD) % 25).isEqualTo(0);
      }
    }
  }
}
