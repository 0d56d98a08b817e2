package parity.cosyvoice.synthesis;

import java.lang.foreign.Arena;
import java.util.Optional;
import parity.cosyvoice.flow.FlowStream;
import parity.cosyvoice.flow.LastChunk;
import parity.cosyvoice.hift.HiftStream;
import parity.cosyvoice.synthesis.steps.ChunkSchedule;
import parity.cosyvoice.synthesis.steps.ChunkSchedule.Chunk;
import parity.tensors.Tensor;

/** A segment chunk by chunk: {@code tts(stream=True)} of cli/model.py. */
final class SpeakingInChunks implements Speaking {
  private final int index;
  private final Tokens tokens;
  private final Parts parts;
  private final Stopwatch stopwatch;
  private final int preLookaheadLen;
  private final ChunkSchedule schedule;
  private final FlowStream flow;
  private final HiftStream hift;

  SpeakingInChunks(
      Segment segment,
      int index,
      SpeechRequest request,
      Tokens tokens,
      Parts parts,
      Stopwatch stopwatch) {
    this.index = index;
    this.tokens = tokens;
    this.parts = parts;
    this.stopwatch = stopwatch;
    Tensor promptToken = segment.prompt().speechToken();
    var config = parts.config().flow();
    preLookaheadLen = config.preLookaheadLen();
    schedule = new ChunkSchedule(Math.toIntExact(promptToken.elements()), preLookaheadLen);
    flow =
        parts.flow().stream(
            promptToken,
            segment.prompt().speechFeat(),
            request.voice().embedding(),
            parts.noise().ofFlow(),
            request.delivery() == Delivery.STREAMED ? LastChunk.WHOLE : LastChunk.BLOCKS);
    long frames = (long) tokens.most() * config.tokenMelRatio();
    hift =
        parts.hift().stream(
            parts.noise().ofVocoder(frames * parts.config().hift().samplesPerFrame()));
  }

  @Override
  public SpeechChunk next() {
    Optional<Chunk> next = schedule.next(tokens.count());
    while (next.isEmpty() && tokens.more()) {
      next = schedule.next(tokens.count());
    }
    if (next.isEmpty()) {
      tokens.all();
      next = Optional.of(schedule.last(tokens.count()));
    }
    Chunk chunk = next.get();
    int end = chunk.isFinal() ? chunk.tokens() : chunk.tokens() - preLookaheadLen;
    int[] spoken = tokens.range(chunk.offset(), end);
    try (Arena own = Arena.ofShared()) {
      Tensor token = tokens.first(chunk.tokens());
      Tensor mel =
          parts.inTurn(() ->
              stopwatch.time(
                  Stopwatch.Part.FLOW,
                  () -> flow.add(token, chunk.isFinal(), stopwatch.betweenSteps(), own)));
      stopwatch.requireWanted();
      Tensor sound =
          parts.inTurn(
              () -> stopwatch.time(Stopwatch.Part.HIFT, () -> hift.add(mel, chunk.isFinal(), own)));
      return new SpeechChunk(sound.toFloats(), mel.toFloats(), spoken, index, chunk.isFinal());
    }
  }

  @Override
  public void close() {
    tokens.close();
    flow.close();
    hift.close();
  }
}
