package parity.harness.stage;

import parity.compare.limits.Basis;
import parity.compare.scan.Metrics;
import parity.cosyvoice.config.HiftConfig;
import parity.harness.console.StageLog;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * What the vocoder read and made of an utterance.
 *
 * @param mel {@code python_flow_output} [1, 80, T]
 * @param source {@code python_hift_source} [1, 1, 480 T]
 * @param audio {@code python_audio_output} [1, 480 T]
 */
record HiftOutputs(Tensor mel, Tensor source, Tensor audio, StageContext context) {
  static final String MEL = "python_flow_output";
  static final String SOURCE = "python_hift_source";
  static final String AUDIO = "python_audio_output";

  /** The waveform when it is decoded from Python's own source. */
  static final String FROM_SOURCE = AUDIO + FromSourceTaps.SUFFIX;

  /** Loudness in 16-bit steps that the earlier harness called clipped. */
  private static final int CLIPPED = 32_700;

  static HiftOutputs of(StageContext context, Captured full) {
    HiftConfig config = context.config().hift();
    Tensor mel = full.get(MEL, DType.F32, 1, config.inChannels(), Captured.ANY);
    long samples = mel.shape().dim(2) * config.samplesPerFrame();
    return new HiftOutputs(
        mel,
        full.get(SOURCE, DType.F32, 1, 1, samples),
        full.get(AUDIO, DType.F32, 1, samples),
        context);
  }

  /** What its outputs are judged by where there is no truth. */
  Basis.Fixed withoutTruth() {
    return FixedLimits.hift(context.capture());
  }

  /** Compares what the vocoder says when nobody watches. */
  void compareUntapped(Checks checks, Tensor actual) {
    Untapped.compare(context, checks, AUDIO, audio, actual, withoutTruth());
  }

  /** Says how long and how loud a waveform is, and how far it is off. */
  static void say(StageLog log, String from, Tensor expected, Tensor actual) {
    log.line("Generated %d samples %s.", actual.elements(), from);
    double loudest = 0;
    for (long i = 0; i < actual.elements(); i++) {
      loudest = Math.max(loudest, Math.abs(actual.getFloat(i)));
    }
    long amplitude = Math.round(loudest * Short.MAX_VALUE);
    log.line("Max Amplitude (i16): %d", amplitude);
    log.say(amplitude > CLIPPED ? "WARNING: Output likely clipped!" : "Output seems within range.");
    if (expected.shape().equals(actual.shape())) {
      Metrics metrics = Metrics.measure(expected, actual);
      log.line(
          "Waveform %s: relative L2 %.3e, SNR %.1f dB, max diff %.3e, mean diff %.3e",
          from, metrics.relativeL2(), metrics.snrDb(), metrics.maxAbs(), metrics.meanAbs());
    }
  }
}
