package parity.harness.stage;

import parity.compare.limits.Basis;
import parity.harness.console.StageLog;
import parity.tensors.Tensor;

/** Holds a captured random buffer against the one that the seed and the configuration make. */
final class RandomBufferCheck {
  private RandomBufferCheck() {}

  /** Compares, and logs how many numbers are equal and how far the farthest is off. */
  static void compare(
      StageLog log, Checks checks, String name, Tensor captured, Tensor regenerated) {
    compare(log, checks, name, captured, regenerated, FixedLimits.RANDOM);
  }

  /** The same with limits of the buffer's own. */
  static void compare(
      StageLog log, Checks checks, String name, Tensor captured, Tensor regenerated, Basis limits) {
    checks.compare(name, captured, regenerated, limits);
    if (captured.shape().equals(regenerated.shape())) {
      long equal = 0;
      long farthest = 0;
      for (long i = 0; i < captured.elements(); i++) {
        long distance = ulps(captured.getFloat(i), regenerated.getFloat(i));
        equal += distance == 0 ? 1 : 0;
        farthest = Math.max(farthest, distance);
      }
      log.line(
          "%s regenerated from its seed: %d of %d equal, the farthest %d ulp off",
          name, equal, captured.elements(), farthest);
    }
  }

  /** How many float32 numbers lie from one to the other. */
  private static long ulps(float a, float b) {
    return Math.abs(ordinal(a) - ordinal(b));
  }

  private static long ordinal(float value) {
    int bits = Float.floatToRawIntBits(value);
    return bits >= 0 ? bits : Integer.MIN_VALUE - (long) bits;
  }
}
