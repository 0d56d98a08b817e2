package parity.harness.port.java;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import parity.cosyvoice.synthesis.CosyVoice3;
import parity.cosyvoice.synthesis.SpeechChunk;
import parity.cosyvoice.synthesis.SpeechStream;
import parity.harness.capture.TensorNames;
import parity.harness.console.StageLog;
import parity.harness.port.Answers;
import parity.harness.port.PortContext;
import parity.harness.port.Scope;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** Speaks from text and recording to waveform, through the door that synthesis has. */
public final class JavaEndToEnd extends JavaPort {
  private final PortContext context;
  private final NativeSide nativeSide;
  private final int chunks;
  private final Consumer<Tensor> spokenMel;

  /**
   * Of what Python was asked to say.
   *
   * @param chunks so many were captured; 0 where upstream did not stream
   * @param spoken gets the mel before the sound is answered
   */
  public JavaEndToEnd(
      PortContext context,
      NativeSide nativeSide,
      Scope scope,
      int chunks,
      Consumer<Tensor> spoken) {
    super(scope);
    this.context = context;
    this.nativeSide = nativeSide;
    this.chunks = chunks;
    this.spokenMel = spoken;
  }

  @Override
  public void run(Answers answers, Arena arena) {
    StageLog log = context.log();
    log.line("=== End-to-end Parity Test ===");
    Utterance utterance = Utterance.of(context, nativeSide);
    log.line("%s of '%s', seed %d", utterance.mode(), utterance.says(), utterance.seed());
    List<SpeechChunk> spoken = new ArrayList<>();
    try (CosyVoice3 model = CosyVoice3.open(context.modelDir(), utterance.options());
        SpeechStream speech = model.speak(utterance.request(model))) {
      speech.forEach(spoken::add);
    }
    int[] tokens = spoken.stream().flatMapToInt(c -> Arrays.stream(c.tokens())).toArray();
    answers.tensor(TensorNames.TOKEN, Tensor.ofInts(Shape.of(1, tokens.length), tokens));
    Tensor mel = mel(spoken, context.config().hift().inChannels(), arena);
    spokenMel.accept(mel);
    answers.tensor(TensorNames.FLOW_OUTPUT, mel);
    for (int i = 0; i < chunks; i++) {
      List<SpeechChunk> one = i < spoken.size() ? List.of(spoken.get(i)) : List.of();
      answers.tensor(TensorNames.ofChunk(TensorNames.AUDIO_OUTPUT, i), audio(one));
    }
    answers.tensor(TensorNames.AUDIO_OUTPUT, audio(spoken));
    log.line("%d chunks, %d were captured", spoken.size(), Math.max(1, chunks));
  }

  /** Mel of chunks one behind the other, float32 [1, bands, T]. */
  private static Tensor mel(List<SpeechChunk> spoken, int bands, Arena arena) {
    int frames = spoken.stream().mapToInt(chunk -> chunk.mel().length / bands).sum();
    Tensor mel = Tensor.allocate(DType.F32, Shape.of(1, bands, frames), arena);
    int first = 0;
    for (SpeechChunk chunk : spoken) {
      float[] values = chunk.mel();
      int count = values.length / bands;
      for (int i = 0; i < values.length; i++) {
        mel.setFloat((long) (i / count) * frames + first + i % count, values[i]);
      }
      first += count;
    }
    return mel;
  }

  /** Sound of chunks one behind the other, float32 [1, S]. */
  private static Tensor audio(List<SpeechChunk> spoken) {
    float[] all = new float[spoken.stream().mapToInt(chunk -> chunk.samples().length).sum()];
    int at = 0;
    for (SpeechChunk chunk : spoken) {
      float[] samples = chunk.samples();
      System.arraycopy(samples, 0, all, at, samples.length);
      at += samples.length;
    }
    return Tensor.ofFloats(Shape.of(1, all.length), all);
  }
}
