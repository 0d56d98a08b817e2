package parity.cosyvoice.synthesis;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * Speech in the making: whoever iterates makes it, chunk by chunk, and nothing is computed ahead.
 *
 * <p>One thread iterates, once. Closing it, from any thread and at any time, ends the work at its
 * next step, waits for that, and frees what the request has in memory; the iterating thread then
 * gets a {@link CancellationException}.
 */
public final class SpeechStream implements Iterable<SpeechChunk>, AutoCloseable {
  private final Parts parts;
  private final SpeechRequest request;
  private final long seed;
  private final Segments segments;
  private final Consumer<SpeechStream> onClose;
  private final Stopwatch stopwatch = new Stopwatch();
  private final Object work = new Object();
  private Optional<Speaking> speaking = Optional.empty();
  private int segment;
  private boolean iterated;
  private boolean closed;

  SpeechStream(
      Parts parts,
      SpeechRequest request,
      long seed,
      Segments segments,
      Consumer<SpeechStream> onClose) {
    this.parts = parts;
    this.request = request;
    this.seed = seed;
    this.segments = segments;
    this.onClose = onClose;
  }

  /** What is said, a text for each segment. */
  public List<String> segments() {
    return segments.all().stream().map(Segment::says).toList();
  }

  /** What was added to the request and what is to be expected of it, a sentence each. */
  public List<String> notes() {
    return segments.notes();
  }

  /** The seed of the random draws: the request's, or the one that was taken for want of one. */
  public long seed() {
    return seed;
  }

  /** What it has cost so far. */
  public SpeechTimes times() {
    return stopwatch.times();
  }

  /**
   * The chunks. Asking for the next one computes it.
   *
   * @throws IllegalStateException when asked for a second time
   */
  @Override
  public Iterator<SpeechChunk> iterator() {
    if (iterated) {
      throw new IllegalStateException("speech is made once; ask for it again");
    }
    iterated = true;
    return new Chunks();
  }

  private final class Chunks implements Iterator<SpeechChunk> {
    private Optional<SpeechChunk> ready = Optional.empty();

    @Override
    public boolean hasNext() {
      if (ready.isEmpty()) {
        ready = make();
      }
      return ready.isPresent();
    }

    @Override
    public SpeechChunk next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the speech has ended");
      }
      SpeechChunk chunk = ready.orElseThrow();
      ready = Optional.empty();
      return chunk;
    }
  }

  private Optional<SpeechChunk> make() {
    synchronized (work) {
      stopwatch.requireWanted();
      if (segment == segments.all().size()) {
        return Optional.empty();
      }
      Speaking now = speaking.orElseGet(this::begin);
      speaking = Optional.of(now);
      SpeechChunk chunk = now.next();
      if (chunk.endsSegment()) {
        end();
        segment++;
      }
      return Optional.of(chunk);
    }
  }

  private Speaking begin() {
    return Speaking.of(segments.all().get(segment), segment, request, seed, parts, stopwatch);
  }

  private void end() {
    speaking.ifPresent(Speaking::close);
    speaking = Optional.empty();
  }

  @Override
  public void close() {
    stopwatch.cancel();
    synchronized (work) {
      if (!closed) {
        closed = true;
        end();
        onClose.accept(this);
      }
    }
  }
}
