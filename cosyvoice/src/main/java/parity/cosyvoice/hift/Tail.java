package parity.cosyvoice.hift;

import java.lang.foreign.Arena;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.Tensors;

/** The end of a signal F32 [1, C, T] that grows: as much of it as what follows has to read. */
final class Tail implements AutoCloseable {
  private final long channels;
  private Kept kept;
  private long from;

  /** Frames in memory of their own. */
  private static final class Kept implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final Tensor frames;

    Kept(long channels, long length) {
      this.frames = Tensor.allocate(DType.F32, Shape.of(1, channels, length), arena);
    }

    long length() {
      return frames.shape().dim(2);
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  Tail(long channels) {
    this.channels = channels;
    this.kept = new Kept(channels, 0);
  }

  /** Length of the signal so far. */
  long end() {
    return from + kept.length();
  }

  /** The first frame that is kept. */
  long from() {
    return from;
  }

  /**
   * Puts frames behind those that are there, and forgets those before {@code first}, or none if
   * they are forgotten already.
   *
   * @return all that is kept; until the next call
   */
  Tensor extend(Tensor added, long first) {
    return replace(end(), added, first);
  }

  /**
   * As {@link #extend}, but the added frames take the place of those from {@code at} on.
   *
   * @param at a frame that is kept, or the end
   */
  Tensor replace(long at, Tensor added, long first) {
    long skipped = Math.max(first - from, 0);
    long old = at - from - skipped;
    Kept joined = new Kept(channels, old + added.shape().dim(2));
    Tensors.copy(kept.frames, skipped, joined.frames, 0, old, -1);
    Tensors.copy(added, 0, joined.frames, old, added.shape().dim(2), -1);
    close();
    kept = joined;
    from += skipped;
    return kept.frames;
  }

  /** Frames {@code first} to {@code last} of the signal, which must be kept. */
  Tensor slice(long first, long last, Arena to) {
    return Frames.slice(kept.frames, first - from, last - from, to);
  }

  /** Frees what is kept. */
  @Override
  public void close() {
    kept.close();
  }
}
