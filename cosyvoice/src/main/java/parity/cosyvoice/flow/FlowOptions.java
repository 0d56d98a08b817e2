package parity.cosyvoice.flow;

/**
 * How a {@link Flow} runs.
 *
 * @param threads how many threads compute one node
 * @param nTimesteps Euler steps; upstream takes 10
 */
public record FlowOptions(int threads, int nTimesteps) {
  private static final int N_TIMESTEPS = 10;

  public FlowOptions {
    if (threads < 1 || nTimesteps < 1) {
      throw new IllegalArgumentException(threads + " threads, " + nTimesteps + " Euler steps");
    }
  }

  /** As upstream runs. */
  public static FlowOptions threads(int threads) {
    return new FlowOptions(threads, N_TIMESTEPS);
  }
}
