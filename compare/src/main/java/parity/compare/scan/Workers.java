package parity.compare.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import parity.tensors.InPlace;

/** Spreads the blocks of many tensors, large and small, over threads. */
final class Workers {
  /** A megabyte each, so a thread that compares many small tensors keeps them. */
  private static final ThreadLocal<PairLanes> LANES = ThreadLocal.withInitial(PairLanes::new);

  /** Files are looked at no more often, as many small tensors are compared in that time. */
  private static final long NANOS_BETWEEN_LOOKS = 1_000_000;

  private final List<? extends Blockwise> jobs;
  private final InPlace files;
  private final IntConsumer finished;

  /** The first block of each job, counted through all of them; then the number of all blocks. */
  private final int[] starts;

  private final AtomicInteger next = new AtomicInteger();
  private final List<AtomicInteger> left = new ArrayList<>();

  private Workers(List<? extends Blockwise> jobs, InPlace files, IntConsumer finished) {
    this.jobs = jobs;
    this.files = files;
    this.finished = finished;
    this.starts = new int[jobs.size() + 1];
    for (int job = 0; job < jobs.size(); job++) {
      int blocks = jobs.get(job).blocks();
      starts[job + 1] = Math.addExact(starts[job], blocks);
      left.add(new AtomicInteger(blocks));
    }
  }

  /** All blocks of one job, by the calling thread. */
  static void run(Blockwise job) {
    PairLanes lanes = LANES.get();
    // What a pass that failed left in them is for no other.
    LANES.remove();
    for (int block = 0; block < job.blocks(); block++) {
      job.look(block, lanes);
    }
    LANES.set(lanes);
  }

  /**
   * All blocks of all jobs.
   *
   * @param files where the elements stand, looked at between blocks
   * @param finished is given the number of each job that has blocks when its last one is done, by
   *     the thread that did it
   */
  static void run(
      List<? extends Blockwise> jobs, int threads, InPlace files, IntConsumer finished) {
    Workers workers = new Workers(jobs, files, finished);
    int wanted = Math.min(threads, workers.starts[jobs.size()]);
    if (wanted == 0) {
      return;
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(wanted)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < wanted; i++) {
        all.add(pool.submit(workers::work));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while comparing", e);
    }
  }

  private void work() {
    PairLanes lanes = new PairLanes();
    int job = 0;
    long looked = System.nanoTime() - NANOS_BETWEEN_LOOKS;
    for (int block = next.getAndIncrement();
        block < starts[jobs.size()];
        block = next.getAndIncrement()) {
      while (block >= starts[job + 1]) {
        job++;
      }
      if (System.nanoTime() - looked >= NANOS_BETWEEN_LOOKS) {
        files.requireUnchanged();
        looked = System.nanoTime();
      }
      jobs.get(job).look(block - starts[job], lanes);
      if (left.get(job).decrementAndGet() == 0) {
        finished.accept(job);
      }
    }
  }
}
