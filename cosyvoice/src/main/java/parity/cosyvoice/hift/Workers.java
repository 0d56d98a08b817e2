package parity.cosyvoice.hift;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Threads that share out a list of jobs. */
final class Workers implements AutoCloseable {
  private final ExecutorService threads;

  Workers(int count) {
    this.threads = Executors.newFixedThreadPool(count, Thread.ofPlatform().daemon().factory());
  }

  /** Does every job and returns when all are done; what one throws is thrown here. */
  <T> void forEach(List<T> jobs, Consumer<T> work) {
    List<Future<?>> running = new ArrayList<>();
    jobs.forEach(job -> running.add(threads.submit(() -> work.accept(job))));
    try {
      for (Future<?> job : running) {
        job.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a stretch of the waveform could not be computed", e);
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
