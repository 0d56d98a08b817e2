package parity.harness.port.java;

import java.util.function.UnaryOperator;
import parity.cosyvoice.hift.HiftOptions;
import parity.cosyvoice.onnx.Engine;
import parity.cosyvoice.onnx.Weights;
import parity.harness.capture.F0Precision;
import parity.harness.capture.Settings;
import parity.tensors.DType;

/**
 * How the native side is made.
 *
 * @param engine makes its graphs ready
 * @param alter what is done to the weights of a part before, so that a known fault can be put in
 */
public record NativeSide(Engine engine, UnaryOperator<Weights> alter) {
  /** As it is. */
  public static NativeSide of(int threads) {
    return new NativeSide(Engine.of(threads), UnaryOperator.identity());
  }

  /** The vocoder's options, as Python was run. */
  HiftOptions hiftOptions(Settings settings) {
    return HiftOptions.of(engine)
        .withVoicedThreshold(settings.voicedThreshold())
        .withF0Precision(settings.f0Precision() == F0Precision.FLOAT64 ? DType.F64 : DType.F32);
  }
}
