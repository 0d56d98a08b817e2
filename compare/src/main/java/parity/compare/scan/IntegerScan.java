package parity.compare.scan;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Optional;
import parity.compare.view.TensorView;

/**
 * One pass over two integer or boolean tensors, element by element in row-major order; of two
 * lengths as far as the shorter one goes.
 */
public final class IntegerScan implements Blockwise {
  private final TensorView expected;
  private final TensorView actual;
  private final long compared;

  /** Of each block how many are equal, and the first place that is not, or -1. */
  private final long[] equal;

  private final long[] firstAt;
  private final boolean[] varies;

  public IntegerScan(TensorView expected, TensorView actual) {
    this.expected = expected;
    this.actual = actual;
    this.compared = Math.min(expected.elements(), actual.elements());
    int blocks = Blockwise.blocks(compared);
    this.equal = new long[blocks];
    this.firstAt = new long[blocks];
    this.varies = new boolean[blocks];
  }

  @Override
  public int blocks() {
    return equal.length;
  }

  @Override
  public void look(int block, PairLanes lanes) {
    long from = (long) block * BLOCK;
    long to = Math.min(from + BLOCK, compared);
    firstAt[block] = -1;
    if (sameBytes(from, to)) {
      equal[block] = to - from;
    } else {
      lookAtEach(block, from, to);
    }
    long first = expected.getLong(0);
    for (long at = from; at < to && !varies[block]; at++) {
      varies[block] = expected.getLong(at) != first;
    }
  }

  private boolean sameBytes(long from, long to) {
    long width = expected.dtype().bytes();
    return expected.dtype() == actual.dtype()
        && expected.contiguous()
        && actual.contiguous()
        && MemorySegment.mismatch(
                expected.tensor().data(),
                from * width,
                to * width,
                actual.tensor().data(),
                from * width,
                to * width)
            < 0;
  }

  private void lookAtEach(int block, long from, long to) {
    for (long at = from; at < to; at++) {
      if (IntegerDifference.same(
          expected.dtype(), expected.getLong(at), actual.dtype(), actual.getLong(at))) {
        equal[block]++;
      } else if (firstAt[block] < 0) {
        firstAt[block] = at;
      }
    }
  }

  /**
   * Whether the expected tensor tells nothing: empty, all zero, or more than one of one value. Told
   * of what is compared.
   */
  public boolean vacuous() {
    for (boolean block : varies) {
      if (block) {
        return false;
      }
    }
    return expected.elements() != 1 || expected.getLong(0) == 0;
  }

  public IntegerDifference difference() {
    long same = 0;
    Optional<Long> first = Optional.empty();
    for (int block = 0; block < equal.length; block++) {
      same += equal[block];
      if (first.isEmpty() && firstAt[block] >= 0) {
        first = Optional.of(firstAt[block]);
      }
    }
    return new IntegerDifference(
        same,
        compared,
        expected.elements(),
        actual.elements(),
        first,
        first.map(at -> value(expected, at)).orElse(BigInteger.ZERO),
        first.map(at -> value(actual, at)).orElse(BigInteger.ZERO));
  }

  private static BigInteger value(TensorView view, long at) {
    return IntegerDifference.value(view.dtype(), view.getLong(at));
  }
}
