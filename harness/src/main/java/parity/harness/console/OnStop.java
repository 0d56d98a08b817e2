package parity.harness.console;

import java.util.concurrent.locks.LockSupport;
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
    return silently(() -> System.err.println("\nparity: stopped; " + Text.visible(work.get())));
  }

  /** As {@link #of}, with nothing to say. */
  public static OnStop silently(Runnable work) {
    Thread hook = new Thread(work, "takes back what is unfinished");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      waitForTheEnd();
    }
    return new OnStop(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      waitForTheEnd();
    }
  }

  /** Nothing that fails or ends because things are taken back is a result, or a fault to tell. */
  private static void waitForTheEnd() {
    while (true) {
      LockSupport.park();
    }
  }
}
