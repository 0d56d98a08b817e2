package parity.harness.port.command;

import java.util.concurrent.locks.LockSupport;

/** What is still done if this process is told to end meanwhile, by Ctrl-C for example. */
final class OnShutdown implements AutoCloseable {
  private final Thread hook;

  private OnShutdown(Thread hook) {
    this.hook = hook;
  }

  /** From now on; what is done has to be safe beside the thread that calls this. */
  static OnShutdown run(Runnable last) {
    Thread hook = Thread.ofPlatform().name("candidate shutdown").unstarted(last);
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      waitForTheEnd();
    }
    return new OnShutdown(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      waitForTheEnd();
    }
  }

  /** A command that was ended with this process says nothing of the candidate. */
  private static void waitForTheEnd() {
    while (true) {
      LockSupport.park();
    }
  }
}
