package parity.harness.console;

import java.util.function.Supplier;
import parity.tensors.Text;

/**
 * What is to be done, and said, if the process is told to stop (Ctrl-C, a polite signal) while this
 * is open.
 */
public final class OnStop implements AutoCloseable {
  private final Thread hook;

  private OnStop(Thread hook) {
    this.hook = hook;
  }

  /**
   * Waits for a stop.
   *
   * @param work takes back what is unfinished, quickly; returns what was kept, for the person
   */
  public static OnStop of(Supplier<String> work) {
    Thread hook =
        new Thread(
            () -> System.err.println("\nparity: stopped; " + Text.visible(work.get())),
            "takes back what is unfinished");
    Runtime.getRuntime().addShutdownHook(hook);
    return new OnStop(hook);
  }

  /**
   * Whether the process is about to end. What fails then does so because things are taken back, and
   * is nothing to tell.
   */
  public static boolean isStopping() {
    Thread none = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(none);
      Runtime.getRuntime().removeShutdownHook(none);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook runs.
    }
  }
}
