package parity.cosyvoice.flow;

import parity.cosyvoice.onnx.Engine;

/**
 * How a {@link Flow} runs.
 *
 * @param engine makes the graphs ready
 * @param nTimesteps Euler steps; upstream takes 10
 * @param pastBytes how much memory a {@link FlowStream} may take for keys and values. Steps for
 *     which there is no room are computed again for all frames: the same result, and more work
 */
public record FlowOptions(Engine engine, int nTimesteps, long pastBytes) {
  private static final int N_TIMESTEPS = 10;

  /** Enough for half a minute of prompt and speech at full size. */
  private static final long PAST_BYTES = 5L << 30;

  public FlowOptions {
    if (nTimesteps < 1) {
      throw new IllegalArgumentException(nTimesteps + " Euler steps");
    }
    if (pastBytes < 0) {
      throw new IllegalArgumentException(pastBytes + " bytes for keys and values");
    }
  }

  /** With room for half a minute in a stream. */
  public FlowOptions(Engine engine, int nTimesteps) {
    this(engine, nTimesteps, PAST_BYTES);
  }

  /** As upstream runs. */
  public static FlowOptions threads(int threads) {
    return new FlowOptions(Engine.of(threads), N_TIMESTEPS);
  }

  /** The same with other room for keys and values. */
  public FlowOptions withPastBytes(long bytes) {
    return new FlowOptions(engine, nTimesteps, bytes);
  }
}
