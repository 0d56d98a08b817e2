package parity.harness.stage;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import parity.compare.Metrics;
import parity.cosyvoice.config.HiftConfig;
import parity.cosyvoice.hift.Hift;
import parity.cosyvoice.hift.HiftOptions;
import parity.cosyvoice.hift.Speech;
import parity.cosyvoice.model.CheckpointWeights;
import parity.cosyvoice.model.TapSink;
import parity.harness.capture.Capture;
import parity.harness.capture.F0Precision;
import parity.harness.capture.Part;
import parity.harness.report.StageLog;
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

  private static final String MEL = "python_flow_output";
  private static final String SOURCE = "python_hift_source";
  private static final String AUDIO = "python_audio_output";

  @Override
  public List<String> modelFiles() {
    return List.of("hift.pt");
  }

  @Override
  public List<String> captureFiles() {
    return List.of(
        Capture.FULL,
        "truth_outputs.safetensors",
        "taps_hift.safetensors",
        "truth_hift_cumulative.safetensors");
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

    Tensor mel = full.get(MEL, DType.F32, 1, config.inChannels(), Captured.ANY);
    long samples = mel.shape().dim(2) * config.samplesPerFrame();
    Tensor source = full.get(SOURCE, DType.F32, 1, 1, samples);
    Tensor audio = full.get(AUDIO, DType.F32, 1, samples);
    log.line("mel: %s, source: %s, audio: %s", mel.shape(), source.shape(), audio.shape());

    NoiseBuffers noise = NoiseBuffers.of(context, full, samples, arena);
    WaveformFile waveform = WaveformFile.of(capture, audio);
    noise.expect(checks);
    waveform.expect(checks);
    Optional<TapComparison> taps =
        capture
            .taps(Part.HIFT)
            .map(files -> new TapComparison(files, checks, context, FixedLimits.HIFT));
    checks.expect(SOURCE, source);
    checks.expect(AUDIO, audio);
    Optional<FromSourceTaps> decoderTaps =
        capture.taps(Part.HIFT).map(files -> new FromSourceTaps(files, checks));
    checks.expect(AUDIO + FromSourceTaps.SUFFIX, audio);
    checks.begin();

    noise.compare(checks, log);
    waveform.compare(checks, arena);
    TruthOutputs truth = new TruthOutputs(context);
    log.line("Loading HiFT model from hift.pt");
    try (CheckpointWeights weights =
            CheckpointWeights.openVocoder(context.modelDir().resolve("hift.pt"));
        Hift hift = new Hift(config, weights, options(context))) {
      Speech speech = hift.inference(mel, noise.used(), true, sink(taps), arena);
      truth.compare(checks, SOURCE, source, speech.source(), FixedLimits.HIFT);
      truth.compare(checks, AUDIO, audio, speech.audio(), FixedLimits.HIFT);
      say(log, "from the mel", audio, speech.audio());
      WavFile.write(context.out().resolve(WAVEFORM), speech.audio(), config.samplingRate());
      log.line("Saved output to: \"%s\"", WAVEFORM);

      Tensor decoded =
          Blocked.ifRefused(() -> hift.decode(mel, source, true, sink(decoderTaps), arena));
      truth.compare(
          checks, AUDIO + FromSourceTaps.SUFFIX, audio, decoded, FixedLimits.HIFT_FROM_SOURCE);
      say(log, "from the mel and Python's source", audio, decoded);
    }
  }

  private static HiftOptions options(StageContext context) {
    var settings = context.capture().settings();
    return HiftOptions.of(context.threads())
        .withVoicedThreshold(settings.voicedThreshold())
        .withF0Precision(settings.f0Precision() == F0Precision.FLOAT64 ? DType.F64 : DType.F32)
        .withTaps(path -> context.capture().taps(Part.HIFT).isPresent());
  }

  private static TapSink sink(Optional<? extends TapSink> taps) {
    return taps.map(TapSink.class::cast).orElse(TapSink.NONE);
  }

  private static void say(StageLog log, String from, Tensor expected, Tensor actual) {
    log.line("Generated %d samples %s.", actual.elements(), from);
    double loudest = 0;
    for (long i = 0; i < actual.elements(); i++) {
      loudest = Math.max(loudest, Math.abs(actual.getFloat(i)));
    }
    long amplitude = Math.round(loudest * Short.MAX_VALUE);
    log.line("Max Amplitude (i16): %d", amplitude);
    log.say(amplitude > CLIPPED ? "WARNING: Output likely clipped!" : "Output seems within range.");
    if (expected.shape().equals(actual.shape())) {
      Metrics metrics = Metrics.of(expected, actual);
      log.line(
          "Waveform %s: relative L2 %.3e, SNR %.1f dB, max diff %.3e, mean diff %.3e",
          from, metrics.relativeL2(), metrics.snrDb(), metrics.maxAbs(), metrics.meanAbs());
    }
  }

  /** Loudness in 16-bit steps that the earlier harness called clipped. */
  private static final int CLIPPED = 32_700;
}
