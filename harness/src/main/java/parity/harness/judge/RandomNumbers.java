package parity.harness.judge;

import parity.harness.console.StageLog;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

/** Tells of random numbers that were made anew from a seed. */
final class RandomNumbers {
  private RandomNumbers() {}

  /** Logs how many numbers are equal, and how far the farthest is off. */
  static void tell(StageLog log, String name, Tensor captured, Tensor regenerated) {
    if (!TensorInfo.of(captured).equals(TensorInfo.of(regenerated))) {
      return;
    }
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

  /** How many float32 numbers lie from one to the other. */
  private static long ulps(float a, float b) {
    return Math.abs(ordinal(a) - ordinal(b));
  }

  private static long ordinal(float value) {
    int bits = Float.floatToRawIntBits(value);
    return bits >= 0 ? bits : Integer.MIN_VALUE - (long) bits;
  }
}
