package parity.harness.port.java;

import java.util.function.UnaryOperator;
import parity.cosyvoice.onnx.Engine;
import parity.cosyvoice.onnx.Weights;

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
}
