package parity.harness.stage;

import parity.compare.limits.Basis;
import parity.compare.scan.Metrics;
import parity.tensors.Tensor;

/**
 * The graph that synthesis runs is not the one whose modules are watched: its nodes are merged as
 * ONNX Runtime likes. So what it returns is compared beside what the watched one returned.
 */
final class Untapped {
  private Untapped() {}

  /** What a stage's output is called when nobody watched. */
  static String name(String output) {
    return output + ".untapped";
  }

  /** Compares a stage's output. */
  static void compare(
      StageContext context,
      Checks checks,
      String output,
      Tensor expected,
      Tensor actual,
      Basis.Fixed withoutTruth) {
    TruthFile.ofOutputs(context)
        .compare(checks, name(output), output, expected, actual, withoutTruth);
  }

  /** Signal to noise in dB, as a log has it; n/a where the lengths differ. */
  static String snr(Tensor expected, Tensor actual) {
    return expected.shape().equals(actual.shape())
        ? "%.1f".formatted(Metrics.measure(expected, actual).snrDb())
        : "n/a";
  }
}
