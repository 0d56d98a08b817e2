package parity.harness.stage;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import parity.cosyvoice.config.HiftConfig;
import parity.cosyvoice.hift.Hift;
import parity.cosyvoice.hift.HiftOptions;
import parity.cosyvoice.hift.source.SourceNoise;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.synthesis.ModelWeights;
import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.weights.CheckpointWeights;
import parity.harness.capture.Capture;
import parity.harness.capture.F0Precision;
import parity.harness.capture.Part;
import parity.harness.capture.TapFiles;
import parity.harness.console.StageLog;
import parity.harness.report.WavFile;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * Mel to waveform, twice: the whole vocoder from Python's mel, and the decoder alone from Python's
 * mel and Python's own source. The source's phase sum amplifies lawful rounding a thousandfold, so
 * a small fault of the decoder shows only in the second.
 */
final class HiftStage implements Stage {
  /** Name of the file with what the native side said. */
  private static final String WAVEFORM = "native.wav";

  @Override
  public List<String> modelFiles() {
    return List.of("hift.pt");
  }

  @Override
  public List<String> captureFiles() {
    return Part.HIFT.with(
        Capture.FULL, Capture.TRUTH_OUTPUTS, Capture.CHUNKS, Capture.TRUTH_CHUNKS);
  }

  @Override
  public void compare(StageContext context, Checks checks, Arena arena) {
    StageLog log = context.log();
    Capture capture = context.capture();
    HiftConfig config = context.config().hift();
    Captured full = new Captured(capture.full().orElseThrow());
    log.line("=== HiFT Parity Test ===");
    log.line(
        "Loaded %d tensors. Keys: %s",
        capture.full().orElseThrow().names().size(), capture.full().orElseThrow().names());

    HiftOutputs captured = HiftOutputs.of(context, full);
    HiftRun run =
        Chunks.of(capture)
            .<HiftRun>map(chunks -> HiftChunks.of(captured, chunks))
            .orElseGet(() -> new HiftWhole(captured));
    log.line(
        "mel: %s, source: %s, audio: %s",
        captured.mel().shape(), captured.source().shape(), captured.audio().shape());

    NoiseBuffers noise = NoiseBuffers.of(context, full, captured.source().elements(), arena);
    WaveformFile waveform = WaveformFile.of(capture, captured.audio());
    if (context.module().isPresent()) {
      TapFiles files = OneModule.expect(Part.HIFT, context.module().get(), checks, context);
      checks.begin();
      try (CheckpointWeights weights = ModelWeights.hift(context.modelDir(), context.config())) {
        alone(context, run, noise.used()).judgeOnly(files, weights, context, checks);
      }
      return;
    }
    noise.expect(checks);
    waveform.expect(checks);
    run.expectInputs(checks);
    Optional<TapComparison> taps =
        TapComparison.of(Part.HIFT, checks, context, FixedLimits.HIFT_MODULES);
    run.expectOutputs(checks);
    Optional<FromSourceTaps> decoderTaps =
        capture.taps(Part.HIFT).map(files -> new FromSourceTaps(files, checks));
    run.expectFromSource(checks);
    Optional<TapComparison> untapped = taps.filter(taken -> context.scope().includes(Scope.ALL));
    untapped.ifPresent(taken -> run.expectUntapped(checks));
    checks.begin();

    noise.compare(checks, log);
    waveform.compare(checks, arena);
    run.compareInputs(checks, arena);
    log.line("Loading HiFT model from hift.pt");
    try (CheckpointWeights weights = ModelWeights.hift(context.modelDir(), context.config())) {
      try (Hift hift = hift(context, weights)) {
        Tensor audio = run.compare(hift, noise.used(), sink(taps), checks, arena);
        WavFile.write(context.out().resolve(WAVEFORM), audio, config.samplingRate());
        log.line("Saved output to: \"%s\"", WAVEFORM);
        checks.exhibits().sound(HiftOutputs.AUDIO, config.samplingRate(), captured.audio(), audio);
        run.compareFromSource(hift, sink(decoderTaps), checks, arena);
        untapped.ifPresent(taken -> run.compareUntapped(hift, noise.used(), checks, arena));
      }
      taps.ifPresent(
          taken -> alone(context, run, noise.used()).judge(taken, weights, context, checks));
    }
  }

  private static Alone alone(StageContext context, HiftRun run, SourceNoise noise) {
    return new Alone(
        Part.HIFT,
        FixedLimits.HIFT_MODULES,
        name -> Optional.of(FromSourceTaps.fromSource(name)),
        Controls.HIFT,
        (weights, taker) -> {
          try (Hift hift = hift(context, weights)) {
            taker.take((reference, sink) -> run.replay(hift, noise, reference, sink));
          }
        });
  }

  private static Hift hift(StageContext context, Weights weights) {
    return new Hift(
        context.config().hift(), context.nativeSide().alter().apply(weights), options(context));
  }

  private static HiftOptions options(StageContext context) {
    var settings = context.capture().settings();
    return HiftOptions.of(context.nativeSide().engine())
        .withVoicedThreshold(settings.voicedThreshold())
        .withF0Precision(settings.f0Precision() == F0Precision.FLOAT64 ? DType.F64 : DType.F32);
  }

  private static TapSink sink(Optional<? extends TapSink> taps) {
    return taps.map(TapSink.class::cast).orElse(TapSink.NONE);
  }
}
