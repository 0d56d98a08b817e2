package parity.harness.judge;

import parity.compare.limits.Basis;
import parity.compare.scan.Metrics;
import parity.harness.capture.TapName;
import parity.harness.console.StageLog;
import parity.harness.plan.Expectation;
import parity.harness.plan.Role;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;
import parity.tensors.Tensors;

/** Tells a person of a tensor in the terms of what it is, and keeps what a page shows. */
final class Telling {
  /** Loudness in 16-bit steps that the earlier harness called clipped. */
  private static final int CLIPPED = 32_700;

  private final String who;
  private final StageLog log;
  private final Exhibits exhibits;
  private final int sampleRate;

  Telling(Audience audience, Exhibits exhibits, int sampleRate) {
    this.who = audience.who();
    this.log = audience.log();
    this.exhibits = exhibits;
    this.sampleRate = sampleRate;
  }

  void tell(Expectation expectation, Tensor expected, Tensor actual, Basis basis) {
    String name = expectation.name();
    switch (expectation.kind()) {
      case NUMBERS -> {
        if (expectation.role() == Role.UNWATCHED && actual.dtype().isFloating()) {
          unwatched(name, expected, actual);
        }
      }
      case LOG_PROBABILITIES -> logProbabilities(name, expected, actual);
      case MEL -> {
        mel(expected, actual);
        if (!expectation.isOfAChunk()) {
          exhibits.mel(name, expected, actual);
        }
      }
      case SPEECH -> {
        waveform("from the mel" + ofChunk(name), expected, actual);
        if (!expectation.isOfAChunk()) {
          exhibits.sound(name, sampleRate, expected, actual);
        }
      }
      case DECODED ->
          waveform("from the mel and Python's source" + ofChunk(name), expected, actual);
      case HEARD -> {
        heard(name, expected, actual, basis);
        if (!expectation.isOfAChunk()) {
          exhibits.sound(name, sampleRate, expected, actual);
        }
      }
      case RANDOM -> RandomNumbers.tell(log, name, expected, actual);
      case FRONTEND -> new FrontendTelling(who, log).tell(name, expected, actual);
    }
  }

  private static String ofChunk(String name) {
    String call = TapName.of(name).call();
    return call.isEmpty() ? "" : " of chunk " + call.substring(1);
  }

  private static boolean sameShape(Tensor expected, Tensor actual) {
    return TensorInfo.of(expected).equals(TensorInfo.of(actual));
  }

  private void unwatched(String name, Tensor expected, Tensor actual) {
    if (sameShape(expected, actual)) {
      log.line("%s: SNR %.1f dB", name, Metrics.measure(expected, actual).snrDb());
    }
  }

  private void logProbabilities(String name, Tensor expected, Tensor actual) {
    if (!sameShape(expected, actual)) {
      return;
    }
    Metrics metrics = Metrics.measure(expected, actual);
    double worst = 0;
    for (long step = 0; step < expected.shape().dim(0); step++) {
      Metrics ofStep = Metrics.measure(Tensors.row(expected, step), Tensors.row(actual, step));
      worst = Math.max(worst, ofStep.relativeL2());
    }
    log.line(
        "%s: max_diff=%.3e, mean_diff=%.3e, relative L2 %.3e over %d steps, %.3e in the worst",
        name,
        metrics.maxAbs(),
        metrics.meanAbs(),
        metrics.relativeL2(),
        expected.shape().dim(0),
        worst);
  }

  private void mel(Tensor expected, Tensor actual) {
    log.line("generated_mel: %s", actual.shape());
    log.line("expected_mel: %s", expected.shape());
    if (!sameShape(expected, actual)) {
      return;
    }
    Metrics metrics = Metrics.measure(expected, actual);
    log.line("Max Diff: %.6f", metrics.maxAbs());
    log.line("Mean Diff: %.6f", metrics.meanAbs());
    log.line("Relative L2: %.3e", metrics.relativeL2());
    long lost = metrics.actualNonFinite().nan() + metrics.actualNonFinite().infinite();
    if (lost > 0) {
      log.line("FAIL: Output contains %d NaNs", lost);
    }
  }

  private void waveform(String from, Tensor expected, Tensor actual) {
    log.line("Generated %d samples %s.", actual.elements(), from);
    double loudest = 0;
    for (long i = 0; i < actual.elements(); i++) {
      loudest = Math.max(loudest, Math.abs(actual.getDouble(i)));
    }
    long amplitude = Math.round(loudest * Short.MAX_VALUE);
    log.line("Max Amplitude (i16): %d", amplitude);
    log.say(amplitude > CLIPPED ? "WARNING: Output likely clipped!" : "Output seems within range.");
    if (sameShape(expected, actual)) {
      Metrics metrics = Metrics.measure(expected, actual);
      log.line(
          "Waveform %s: relative L2 %.3e, SNR %.1f dB, max diff %.3e, mean diff %.3e",
          from, metrics.relativeL2(), metrics.snrDb(), metrics.maxAbs(), metrics.meanAbs());
    }
  }

  private void heard(String name, Tensor expected, Tensor actual, Basis basis) {
    double snr =
        sameShape(expected, actual) ? Metrics.measure(expected, actual).snrDb() : Double.NaN;
    String by = basis instanceof Basis.Signal signal ? signal.source() : "not judged by its signal";
    log.line("%s: SNR against Python %.1f dB; %s", name, snr, by);
  }
}
