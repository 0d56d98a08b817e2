package parity.cosyvoice.flow;

import parity.cosyvoice.onnx.Engine;

/**
 * How a {@link Flow} runs.
 *
 * @param engine makes the graphs ready
 * @param nTimesteps Euler steps; upstream takes 10
 */
public record FlowOptions(Engine engine, int nTimesteps) {
  private static final int N_TIMESTEPS = 10;

  public FlowOptions {
    if (nTimesteps < 1) {
      throw new IllegalArgumentException(nTimesteps + " Euler steps");
    }
  }

  /** As upstream runs. */
  public static FlowOptions threads(int threads) {
    return new FlowOptions(Engine.of(threads), N_TIMESTEPS);
  }
}
