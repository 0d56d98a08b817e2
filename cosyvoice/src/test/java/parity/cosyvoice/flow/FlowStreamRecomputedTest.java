package parity.cosyvoice.flow;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parity.cosyvoice.onnx.Engine;
import parity.cosyvoice.synthesis.steps.ChunkSchedule;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.Tensors;

/** A stream against what upstream does: run over all tokens so far, and cut off what was spoken. */
final class FlowStreamRecomputedTest {
  /** -120 dB. */
  private static final double LIMIT = 1e-6;

  private static final int LOOK_AHEAD = 3;

  /** What is added at a time, the first with enough for a frame after the prompt. */
  @Property(tries = 12)
  void add_anyPieces_areTheNewEndsOfRunsOverAll(
      @ForAll @IntRange(max = 60) int promptTokens,
      @ForAll @IntRange(min = -1, max = 1) int moreFrames,
      @ForAll @IntRange(min = 5, max = 90) int first,
      @ForAll @Size(max = 3) List<@IntRange(min = 1, max = 70) Integer> pieces,
      @ForAll @IntRange(min = 1, max = 3) int nTimesteps,
      @ForAll LastChunk lastChunk) {
    List<Integer> ends = new ArrayList<>(List.of(first));
    pieces.forEach(piece -> ends.add(ends.getLast() + piece));
    int frames = Math.max(2 * promptTokens + moreFrames, 0);
    requireRecomputed(promptTokens, frames, ends, nTimesteps, lastChunk);
  }

  /** Frames of which the last block is just open, just closed, or has just begun. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void add_endsAroundABlock_areTheNewEndsOfRunsOverAll(int around) {
    int prompt = 20;
    int first = 25 - prompt + LOOK_AHEAD + around;
    for (LastChunk lastChunk : LastChunk.values()) {
      List<Integer> ends = List.of(first, first + 25, first + 50 - around, first + 75);
      requireRecomputed(prompt, 2 * prompt, ends, 2, lastChunk);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 25, 47, 60})
  void add_upstreamsSchedule_isTheNewEndsOfRunsOverAll(int prompt) {
    List<Integer> ends =
        ChunkSchedule.of(prompt, LOOK_AHEAD, 180).stream()
            .map(ChunkSchedule.Chunk::tokens)
            .toList();
    requireRecomputed(prompt, 2 * prompt, ends, 2, LastChunk.BLOCKS);
  }

  @Test
  void add_theEndWithoutNewTokens_speaksWhatWasContext() {
    requireRecomputed(10, 20, List.of(30, 30), 2, LastChunk.BLOCKS);
    requireRecomputed(10, 20, List.of(30, 30), 2, LastChunk.WHOLE);
  }

  /** Room for no step, for none once blocks are closed, for one of three, and for all. */
  @ParameterizedTest
  @ValueSource(longs = {0, 130_000, 260_000, 1 << 30})
  void add_littleRoom_computesAgainAndIsTheSame(long pastBytes) {
    try (Sample sample = Sample.open();
        Arena arena = Arena.ofConfined();
        Flow flow = flow(sample, new FlowOptions(Engine.of(1), 3).withPastBytes(pastBytes));
        FlowStream stream = stream(flow, sample, 20, 40, LastChunk.BLOCKS)) {
      for (int count : List.of(33, 83, 120)) {
        boolean last = count == 120;
        Tensor fresh = stream.add(tokens(count, 2), last, arena);
        assertThat(stream.keptBytes()).isAtMost(pastBytes);
        requireEnd(flow, sample, 20, 40, count, last, fresh, arena);
      }
    }
  }

  private static Flow flow(Sample sample, FlowOptions options) {
    return new Flow(Sample.config(), sample.weights(), options);
  }

  private static void requireEnd(
      Flow flow,
      Sample sample,
      int promptTokens,
      int promptFrames,
      int count,
      boolean last,
      Tensor fresh,
      Arena arena) {
    FlowInput input =
        new FlowInput(
            tokens(count, 2),
            tokens(promptTokens, 1),
            feat(promptFrames),
            sample.artifacts().get("embedding"),
            true,
            last);
    Tensor all = flow.inference(input, sample.randNoise(), arena);
    long length = all.shape().dim(2);
    long added = fresh.shape().dim(2);
    Tensor end = Tensors.narrow(all, -1, length - added, added, arena);
    assertThat(Sample.relativeL2(fresh, end)).isAtMost(LIMIT);
  }

  @Test
  void keptBytes_closedBlocks_areCountedAndFreed() {
    try (Sample sample = Sample.open();
        Arena arena = Arena.ofConfined();
        Flow flow = new Flow(Sample.config(), sample.weights(), new FlowOptions(Engine.of(1), 2))) {
      long before = 2L * 2 * 2 * 32 * 30 * Float.BYTES;
      long perFrame = 2L * 16 * 2 * 4 * 8;
      FlowStream stream = stream(flow, sample, 10, 20, LastChunk.WHOLE);
      assertThat(stream.keptBytes()).isEqualTo(before);
      stream.add(tokens(17, 2), false, arena);
      assertThat(stream.keptBytes()).isEqualTo(before);
      stream.add(tokens(18, 2), false, arena);
      assertThat(stream.keptBytes()).isEqualTo(before + 50 * perFrame);
      stream.add(tokens(70, 2), false, arena);
      assertThat(stream.keptBytes()).isEqualTo(before + 150 * perFrame);
      stream.add(tokens(71, 2), true, arena);
      assertThat(stream.keptBytes()).isEqualTo(0);
      stream.close();

      FlowStream halfWay = stream(flow, sample, 10, 20, LastChunk.BLOCKS);
      halfWay.add(tokens(18, 2), false, arena);
      halfWay.close();
      assertThat(halfWay.keptBytes()).isEqualTo(0);
    }
  }

  private static void requireRecomputed(
      int promptTokens, int promptFrames, List<Integer> ends, int nTimesteps, LastChunk lastChunk) {
    try (Sample sample = Sample.open();
        Arena arena = Arena.ofConfined();
        Flow flow =
            new Flow(Sample.config(), sample.weights(), new FlowOptions(Engine.of(1), nTimesteps));
        FlowStream stream = stream(flow, sample, promptTokens, promptFrames, lastChunk)) {
      long spoken = 0;
      for (int i = 0; i < ends.size(); i++) {
        boolean last = i == ends.size() - 1;
        Tensor token = tokens(ends.get(i), 2);
        Tensor fresh = stream.add(token, last, arena);
        FlowInput input =
            new FlowInput(
                token,
                tokens(promptTokens, 1),
                feat(promptFrames),
                sample.artifacts().get("embedding"),
                !last || lastChunk == LastChunk.BLOCKS,
                last);
        Tensor all = flow.inference(input, sample.randNoise(), arena);
        long from = Math.min(2 * spoken, all.shape().dim(2));
        Tensor end = Tensors.narrow(all, -1, from, all.shape().dim(2) - from, arena);
        assertThat(fresh.shape()).isEqualTo(end.shape());
        assertWithMessage("%s tokens, call %s of %s", promptTokens, i, ends)
            .that(end.elements() == 0 ? 0 : Sample.relativeL2(fresh, end))
            .isAtMost(LIMIT);
        spoken = Math.max(ends.get(i) - LOOK_AHEAD, 0);
      }
    }
  }

  private static FlowStream stream(
      Flow flow, Sample sample, int promptTokens, int promptFrames, LastChunk lastChunk) {
    return flow.stream(
        tokens(promptTokens, 1),
        feat(promptFrames),
        sample.artifacts().get("embedding"),
        sample.randNoise(),
        lastChunk);
  }

  private static Tensor tokens(int count, int seed) {
    return Tensor.ofInts(Shape.of(1, count), new Random(seed).ints(count, 0, 6561).toArray());
  }

  private static Tensor feat(int frames) {
    Random random = new Random(3);
    float[] values = new float[frames * 80];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (2 * random.nextGaussian() - 5);
    }
    return Tensor.ofFloats(Shape.of(1, frames, 80), values);
  }
}
