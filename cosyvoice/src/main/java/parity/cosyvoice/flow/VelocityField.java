package parity.cosyvoice.flow;

import java.lang.foreign.Arena;
import java.util.Map;
import parity.cosyvoice.tap.Watch;
import parity.tensors.Tensor;

/** What the Euler solver follows: the DiT. */
@FunctionalInterface
interface VelocityField {
  /**
   * One call.
   *
   * @param inputs what {@code forward} of the DiT takes, and what the field takes besides
   * @param watch of this call: the Euler step is its number
   * @param arena where the result lives
   * @return the estimate [2, 80, T]
   */
  Tensor forward(Map<String, Tensor> inputs, Watch watch, Arena arena);
}
