package parity.cosyvoice.hift;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a vocoder holds off the heap, all of it freed at once, also when building it fails. */
final class Resources implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final Deque<Runnable> closers = new ArrayDeque<>();

  /** Owns the weights that had to be computed; it is closed after everything else. */
  Arena arena() {
    return arena;
  }

  /** Has something closed before what was there already. */
  void onClose(Runnable close) {
    closers.push(close);
  }

  @Override
  public void close() {
    while (!closers.isEmpty()) {
      closers.pop().run();
    }
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
