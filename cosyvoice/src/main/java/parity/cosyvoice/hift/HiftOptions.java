package parity.cosyvoice.hift;

import java.util.OptionalDouble;
import parity.tensors.DType;

/**
 * How a vocoder is run.
 *
 * @param threads how many threads compute, at least one
 * @param voicedThreshold Hz above which a frame is voiced, in place of the configuration's
 * @param f0Precision {@code F64} as upstream has it, or {@code F32} for artifacts that were made
 *     with a float32 predictor
 */
public record HiftOptions(int threads, OptionalDouble voicedThreshold, DType f0Precision) {
  public HiftOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("a vocoder needs a thread, not " + threads);
    }
    if (f0Precision != DType.F64 && f0Precision != DType.F32) {
      throw new IllegalArgumentException("F0 is predicted in F64 or F32, not in " + f0Precision);
    }
  }

  /** As upstream runs it. */
  public static HiftOptions of(int threads) {
    return new HiftOptions(threads, OptionalDouble.empty(), DType.F64);
  }

  /** The same with another threshold in Hz. */
  public HiftOptions withVoicedThreshold(double threshold) {
    return new HiftOptions(threads, OptionalDouble.of(threshold), f0Precision);
  }

  /** The same with another precision of the F0 predictor. */
  public HiftOptions withF0Precision(DType precision) {
    return new HiftOptions(threads, voicedThreshold, precision);
  }
}
