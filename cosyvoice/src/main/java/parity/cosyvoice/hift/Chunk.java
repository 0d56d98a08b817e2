package parity.cosyvoice.hift;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of the time axis that is computed on its own.
 *
 * @param from first frame that is read
 * @param start first frame whose result is kept; those before it only give it its context
 * @param end frame after the last
 */
record Chunk(long from, long start, long end) {
  /**
   * Cuts an axis into stretches of about the same work.
   *
   * @param frames length of the axis
   * @param reach frames of context that each but the first stretch has to read
   * @param longest how many frames a stretch should not exceed
   * @param threads how many stretches are computed at once
   */
  static List<Chunk> split(long frames, int reach, long longest, int threads) {
    long wanted = Math.ceilDiv(Math.ceilDiv(frames, longest), threads) * threads;
    // A stretch shorter than twice its context would cost more than it brings.
    long count = Math.clamp(frames / (2L * reach + 1), 1, wanted);
    long length = Math.ceilDiv(frames + (count - 1) * reach, count);
    List<Chunk> chunks = new ArrayList<>();
    for (long start = 0; start < frames; ) {
      long from = Math.max(0, start - reach);
      long end = Math.min(frames, from + length);
      chunks.add(new Chunk(from, start, end));
      start = end;
    }
    return chunks;
  }
}
