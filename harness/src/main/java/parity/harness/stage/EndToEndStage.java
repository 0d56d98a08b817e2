package parity.harness.stage;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import parity.compare.limits.Basis;
import parity.compare.scan.Metrics;
import parity.cosyvoice.synthesis.CosyVoice3;
import parity.cosyvoice.synthesis.SpeechChunk;
import parity.cosyvoice.synthesis.SpeechStream;
import parity.harness.capture.Capture;
import parity.harness.console.StageLog;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * From text and recording to waveform, nothing taken from Python but the seed: the tokens must be
 * Python's, and the sound as near to it as Python's own rounding allows.
 */
final class EndToEndStage implements Stage {
  private static final String TOKEN = "token";

  @Override
  public List<String> modelFiles() {
    return List.of("llm.pt", "flow.pt", "hift.pt", "speech_tokenizer_v3.onnx", "campplus.onnx");
  }

  @Override
  public List<String> captureFiles() {
    return List.of(Capture.FULL, Capture.TRUTH_OUTPUTS, Capture.CHUNKS, Capture.TRUTH_CHUNKS);
  }

  @Override
  public void compare(StageContext context, Checks checks, Arena arena) {
    StageLog log = context.log();
    log.line("=== End-to-end Parity Test ===");
    Captured full = new Captured(context.capture().full().orElseThrow());
    Tensor token = full.get(TOKEN, DType.I32, 1, Captured.ANY);
    List<HeardChunk> heard = HeardChunk.all(context, full, arena);
    checks.expect(TOKEN, token);
    heard.forEach(chunk -> checks.expect(chunk.name(), chunk.audio()));
    checks.begin();

    Utterance utterance = Utterance.of(context);
    log.line("%s of '%s', seed %d", utterance.mode(), utterance.says(), utterance.seed());
    List<SpeechChunk> spoken = new ArrayList<>();
    try (CosyVoice3 model = CosyVoice3.open(context.modelDir(), utterance.options());
        SpeechStream speech = model.speak(utterance.request(model))) {
      speech.forEach(spoken::add);
    }
    checks.equal(TOKEN, token, tokens(spoken));
    Judge judge = new Judge(context, full, checks, arena);
    heard.forEach(chunk -> judge.judge(chunk, chunk.of(spoken, arena)));
    log.line("%d chunks, %d were captured", spoken.size(), Math.max(1, heard.size() - 1));
  }

  private static Tensor tokens(List<SpeechChunk> spoken) {
    int[] all = spoken.stream().flatMapToInt(c -> Arrays.stream(c.tokens())).toArray();
    return Tensor.ofInts(Shape.of(1, all.length), all);
  }

  /** Holds sound against Python's; what rounding can do is asked when it is needed, and once. */
  private static final class Judge {
    private final StageContext context;
    private final Captured full;
    private final Checks checks;
    private final Arena arena;
    private Optional<Amplification> amplification = Optional.empty();

    Judge(StageContext context, Captured full, Checks checks, Arena arena) {
      this.context = context;
      this.full = full;
      this.checks = checks;
      this.arena = arena;
    }

    void judge(HeardChunk chunk, Tensor actual) {
      Optional<String> unusable = chunk.unusable(context.capture());
      if (unusable.isPresent()) {
        checks.unusable(chunk.name(), unusable.get());
        return;
      }
      Basis.Signal basis = chunk.basis();
      boolean asLong = actual.shape().equals(chunk.audio().shape());
      double snr = asLong ? Metrics.measure(chunk.audio(), actual).snrDb() : Double.NaN;
      if (asLong && snr < basis.snrDb()) {
        amplification = amplification.or(() -> Optional.of(Amplification.of(context, full, arena)));
        basis = chunk.basis(amplification.get());
      }
      if (chunk.isWhole()) {
        checks.compareAndControl(chunk.name(), chunk.audio(), actual, basis);
        int rate = context.config().sampleRate();
        checks.exhibits().sound(chunk.name(), rate, chunk.audio(), actual);
      } else {
        checks.compare(chunk.name(), chunk.audio(), actual, basis);
      }
      context.log().line("%s: SNR against Python %.1f dB; %s", chunk.name(), snr, basis.source());
    }
  }
}
