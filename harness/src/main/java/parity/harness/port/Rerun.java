package parity.harness.port;

import parity.cosyvoice.tap.TapSink;
import parity.cosyvoice.tap.TapSource;

/** Runs a part with every module on the reference's own inputs. */
@FunctionalInterface
public interface Rerun {
  /**
   * Runs it.
   *
   * @param reference what modules start from
   * @param sink takes what they return
   */
  void run(TapSource reference, TapSink sink);

  /** Takes a part that is ready to be run. */
  @FunctionalInterface
  interface Taker {
    /** Takes it, as long as it is open. */
    void take(Rerun rerun);
  }
}
