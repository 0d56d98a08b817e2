package parity.cosyvoice.synthesis;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import parity.cosyvoice.flow.Flow;
import parity.cosyvoice.tap.TapSink;
import parity.tensors.Tensor;

/** What a request has cost so far, and whether its result is still wanted. */
final class Stopwatch {
  /** What is timed. */
  enum Part {
    LLM,
    FLOW,
    HIFT
  }

  private final Map<Part, Long> nanos = new EnumMap<>(Part.class);
  private volatile boolean cancelled;
  private long tokens;

  /** Runs something on the account of a part. */
  <T> T time(Part part, Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      synchronized (nanos) {
        nanos.merge(part, System.nanoTime() - start, Long::sum);
      }
    }
  }

  /** Says that a token is there. */
  void oneMoreToken() {
    synchronized (nanos) {
      tokens++;
    }
  }

  SpeechTimes times() {
    synchronized (nanos) {
      return new SpeechTimes(seconds(Part.LLM), seconds(Part.FLOW), seconds(Part.HIFT), tokens);
    }
  }

  private double seconds(Part part) {
    return nanos.getOrDefault(part, 0L) / 1e9;
  }

  /** For the flow: goes on after each Euler step only if the result is wanted. */
  TapSink betweenSteps() {
    return new TapSink() {
      @Override
      public boolean wants(String path, int call) {
        return path.equals(Flow.STATE);
      }

      @Override
      public void accept(String path, int call, Tensor state) {
        requireWanted();
      }
    };
  }

  /** Has the work end at its next step. */
  void cancel() {
    cancelled = true;
  }

  /**
   * Goes on only if the result is wanted.
   *
   * @throws CancellationException if it is not
   */
  void requireWanted() {
    if (cancelled) {
      throw new CancellationException("the speech was closed before its end");
    }
  }
}
