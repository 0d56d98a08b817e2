package parity.cosyvoice.synthesis;

import java.lang.foreign.Arena;
import parity.cosyvoice.flow.FlowInput;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.synthesis.steps.MelSpeed;
import parity.cosyvoice.tap.TapSink;
import parity.tensors.Tensor;

/** A segment in one piece: {@code tts(stream=False)} of cli/model.py. */
final class SpeakingAtOnce implements Speaking {
  private final Segment segment;
  private final int index;
  private final SpeechRequest request;
  private final Tokens tokens;
  private final Parts parts;
  private final Stopwatch stopwatch;

  SpeakingAtOnce(
      Segment segment,
      int index,
      SpeechRequest request,
      Tokens tokens,
      Parts parts,
      Stopwatch stopwatch) {
    this.segment = segment;
    this.index = index;
    this.request = request;
    this.tokens = tokens;
    this.parts = parts;
    this.stopwatch = stopwatch;
  }

  @Override
  public SpeechChunk next() {
    tokens.all();
    FlowInput input =
        new FlowInput(
            tokens.first(tokens.count()),
            segment.prompt().speechToken(),
            segment.prompt().speechFeat(),
            request.voice().embedding(),
            false,
            true);
    try (Arena own = Arena.ofShared()) {
      Tensor mel = parts.inTurn(() -> stopwatch.time(Stopwatch.Part.FLOW, () -> mel(input, own)));
      stopwatch.requireWanted();
      Tensor audio = parts.inTurn(() -> stopwatch.time(Stopwatch.Part.HIFT, () -> audio(mel, own)));
      return new SpeechChunk(
          audio.toFloats(), mel.toFloats(), tokens.range(0, tokens.count()), index, true);
    }
  }

  private Tensor mel(FlowInput input, Arena own) {
    stopwatch.requireWanted();
    Tensor mel =
        parts.flow().inference(input, parts.noise().ofFlow(), stopwatch.betweenSteps(), own);
    return request.speed() == 1 ? mel : MelSpeed.changed(mel, request.speed(), own);
  }

  private Tensor audio(Tensor mel, Arena own) {
    long samples = mel.shape().dim(2) * parts.config().hift().samplesPerFrame();
    SourceNoise noise = parts.noise().ofVocoder(samples);
    return parts.hift().inference(mel, noise, true, TapSink.NONE, own).audio();
  }

  @Override
  public void close() {
    tokens.close();
  }
}
