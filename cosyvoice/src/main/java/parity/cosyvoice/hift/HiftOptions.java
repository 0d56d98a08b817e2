package parity.cosyvoice.hift;

import java.util.OptionalDouble;
import parity.cosyvoice.onnx.Engine;
import parity.tensors.DType;

/**
 * How a vocoder is run.
 *
 * @param engine makes the graphs ready
 * @param voicedThreshold Hz above which a frame is voiced, in place of the configuration's
 * @param f0Precision {@code F64} as upstream has it, or {@code F32} for artifacts that were made
 *     with a float32 predictor
 */
public record HiftOptions(Engine engine, OptionalDouble voicedThreshold, DType f0Precision) {
  public HiftOptions {
    if (f0Precision != DType.F64 && f0Precision != DType.F32) {
      throw new IllegalArgumentException("F0 is predicted in F64 or F32, not in " + f0Precision);
    }
  }

  /** As upstream runs it. */
  public static HiftOptions of(int threads) {
    return of(Engine.of(threads));
  }

  /** As upstream runs it. */
  public static HiftOptions of(Engine engine) {
    return new HiftOptions(engine, OptionalDouble.empty(), DType.F64);
  }

  /** The same with another threshold in Hz. */
  public HiftOptions withVoicedThreshold(double threshold) {
    return new HiftOptions(engine, OptionalDouble.of(threshold), f0Precision);
  }

  /** The same with another precision of the F0 predictor. */
  public HiftOptions withF0Precision(DType precision) {
    return new HiftOptions(engine, voicedThreshold, precision);
  }

  /** How many threads compute. */
  public int threads() {
    return engine.threads();
  }
}
