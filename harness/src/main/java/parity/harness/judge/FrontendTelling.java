package parity.harness.judge;

import parity.compare.scan.Metrics;
import parity.harness.capture.TensorNames;
import parity.harness.console.StageLog;
import parity.tensors.DType;
import parity.tensors.Tensor;

/**
 * Tells of what the frontend makes of a recording, in the earlier harness's terms.
 *
 * @param who made it
 */
record FrontendTelling(String who, StageLog log) {
  void tell(String name, Tensor expected, Tensor actual) {
    log.line("%s: %s %s, Python %s", name, who, actual, expected);
    if (expected.dtype() != actual.dtype()) {
      return;
    }
    if (expected.dtype() == DType.I32) {
      tokens(expected, actual);
    }
    if (!expected.shape().equals(actual.shape()) || !actual.dtype().isFloating()) {
      return;
    }
    Metrics metrics = Metrics.measure(expected, actual);
    switch (name) {
      case TensorNames.WHISPER_MEL, TensorNames.SOURCE_ + TensorNames.WHISPER_MEL ->
          log.line("Mel L1 Error: %.6f (avg %.3e)", metrics.l1(), metrics.meanAbs());
      case TensorNames.SPEAKER_EMBEDDING -> {
        log.line("Speaker Embedding Cosine Similarity: %.6f", metrics.cosine());
        log.line("Norms: %s=%.6f, Py=%.6f", who, norm(actual), norm(expected));
      }
      default -> {}
    }
    log.line(
        "  relative L2 %.3e, max diff %.3e, mean diff %.3e",
        metrics.relativeL2(), metrics.maxAbs(), metrics.meanAbs());
  }

  private static double norm(Tensor tensor) {
    double squares = 0;
    for (long i = 0; i < tensor.elements(); i++) {
      squares += tensor.getDouble(i) * tensor.getDouble(i);
    }
    return Math.sqrt(squares);
  }

  private void tokens(Tensor expected, Tensor actual) {
    long length = Math.max(expected.elements(), actual.elements());
    long compared = Math.min(expected.elements(), actual.elements());
    long equal = 0;
    for (long i = 0; i < compared; i++) {
      if (expected.getLong(i) == actual.getLong(i)) {
        equal++;
      } else {
        log.line("  [%d] %s: %d, Py: %d", i, who, actual.getLong(i), expected.getLong(i));
      }
    }
    log.line("Token Accuracy: %.2f%% (%d/%d)", 100.0 * equal / length, equal, length);
  }
}
