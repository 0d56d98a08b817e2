package parity.harness.bench;

import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parity.cosyvoice.config.CosyVoiceConfig;
import parity.cosyvoice.flow.Flow;
import parity.cosyvoice.flow.FlowInput;
import parity.cosyvoice.flow.FlowStream;
import parity.cosyvoice.flow.LastChunk;
import parity.cosyvoice.hift.Hift;
import parity.cosyvoice.hift.HiftStream;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.synthesis.steps.ChunkSchedule;
import parity.cosyvoice.synthesis.steps.ChunkSchedule.Chunk;
import parity.cosyvoice.tap.TapSink;
import parity.harness.run.StreamedWay;
import parity.tensors.Tensor;
import parity.tensors.Tensors;

/**
 * Seconds that Flow and HiFT take for one utterance in chunks, all tokens being there.
 *
 * @param input all tokens of the utterance, not streaming
 */
record StreamingBench(
    CosyVoiceConfig config,
    Flow flow,
    Hift hift,
    FlowInput input,
    Tensor randNoise,
    SourceNoise noise) {
  private static final int WARM_UP_TOKENS = 10;
  private static final double GIGA = 1e9;

  /** {@code flow}, {@code hift} and {@code first_chunk} in seconds. */
  Map<String, Double> run(StreamedWay way) {
    warmUp(way);
    Map<String, Double> seconds = new LinkedHashMap<>();
    List<Chunk> chunks =
        ChunkSchedule.of(
            Math.toIntExact(input.promptToken().elements()),
            config.flow().preLookaheadLen(),
            Math.toIntExact(input.token().elements()));
    try (Arena arena = Arena.ofConfined();
        Speaker speaker = speaker(way, arena)) {
      for (Chunk chunk : chunks) {
        FlowInput soFar = head(chunk.tokens(), chunk.isFinal());
        long start = System.nanoTime();
        Tensor mel = speaker.mel(soFar, chunk);
        long between = System.nanoTime();
        speaker.audio(mel, chunk);
        long end = System.nanoTime();
        seconds.merge("flow", (between - start) / GIGA, Double::sum);
        seconds.merge("hift", (end - between) / GIGA, Double::sum);
        seconds.putIfAbsent("first_chunk", (end - start) / GIGA);
      }
    }
    return seconds;
  }

  /** So that no graph is made ready while the clock runs. */
  private void warmUp(StreamedWay way) {
    try (Arena arena = Arena.ofConfined()) {
      if (way != StreamedWay.BLOCKS) {
        flow.inference(head(WARM_UP_TOKENS, true), randNoise, arena);
      }
      FlowInput chunk = head(WARM_UP_TOKENS, false);
      if (way == StreamedWay.RECOMPUTED) {
        flow.inference(chunk, randNoise, arena);
      } else {
        try (FlowStream stream = stream(LastChunk.BLOCKS)) {
          stream.add(chunk.token(), false, arena);
        }
      }
    }
  }

  private FlowInput head(int tokens, boolean isFinal) {
    int count = Math.min(tokens, Math.toIntExact(input.token().elements()));
    Tensor head = Tensors.head(input.token(), 1, count);
    return new FlowInput(
        head, input.promptToken(), input.promptFeat(), input.embedding(), !isFinal, isFinal);
  }

  private FlowStream stream(LastChunk lastChunk) {
    return flow.stream(
        input.promptToken(), input.promptFeat(), input.embedding(), randNoise, lastChunk);
  }

  private Speaker speaker(StreamedWay way, Arena arena) {
    return switch (way) {
      case RECOMPUTED -> new Recomputing(arena);
      case WHOLE -> new Caching(stream(LastChunk.WHOLE), hift.stream(noise), arena);
      case BLOCKS -> new Caching(stream(LastChunk.BLOCKS), hift.stream(noise), arena);
    };
  }

  /** Speaks chunk after chunk. */
  private interface Speaker extends AutoCloseable {
    /** The new frames of the mel. */
    Tensor mel(FlowInput soFar, Chunk chunk);

    /** Makes the new samples. */
    void audio(Tensor newMel, Chunk chunk);

    @Override
    void close();
  }

  private record Caching(FlowStream flow, HiftStream hift, Arena arena) implements Speaker {
    @Override
    public Tensor mel(FlowInput soFar, Chunk chunk) {
      return flow.add(soFar.token(), chunk.isFinal(), arena);
    }

    @Override
    public void audio(Tensor newMel, Chunk chunk) {
      hift.add(newMel, chunk.isFinal(), arena);
    }

    @Override
    public void close() {
      flow.close();
      hift.close();
    }
  }

  /** As upstream does it. */
  private final class Recomputing implements Speaker {
    private final Arena arena;

    Recomputing(Arena arena) {
      this.arena = arena;
    }

    @Override
    public Tensor mel(FlowInput soFar, Chunk chunk) {
      return flow.inference(soFar, randNoise, arena);
    }

    /** The mel is of all frames so far: those of closed blocks are what they were. */
    @Override
    public void audio(Tensor mel, Chunk chunk) {
      hift.inference(mel, noise, chunk.isFinal(), TapSink.NONE, arena);
    }

    @Override
    public void close() {}
  }
}
