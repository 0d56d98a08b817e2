package parity.cosyvoice.hift;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share out a list of jobs, in any order. Not final, so that tests choose the order.
 */
class Workers implements AutoCloseable {
  private final ExecutorService threads;

  Workers(int count) {
    this.threads = Executors.newFixedThreadPool(count, Thread.ofPlatform().daemon().factory());
  }

  /**
   * Does every job and returns when all are done, also those beside one that fails: they work on
   * memory that the caller frees. What one throws is thrown here.
   */
  <T> void forEach(List<T> jobs, Consumer<T> work) {
    List<Callable<@Nullable Void>> tasks = new ArrayList<>();
    for (T job : jobs) {
      tasks.add(() -> {
        work.accept(job);
        return null;
      });
    }
    try {
      for (Future<?> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("a stretch of the waveform could not be computed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while computing a waveform", e);
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
