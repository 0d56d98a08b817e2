package parity.compare.scan;

import java.util.Arrays;
import parity.compare.view.TensorView;

/**
 * A second look at two floating tensors, where the first found a difference above {@code atol}: how
 * each element stands to {@code atol + rtol |expected|}.
 */
public final class ElementScan implements Blockwise {
  private final TensorView expected;
  private final TensorView actual;
  private final double rtol;
  private final double atol;
  private final Worst[] blocks;

  /**
   * The element that differs most in its own limit, and how many are beyond theirs.
   *
   * @param ratio 0 where nothing differs, infinite where no difference is allowed
   */
  public record Worst(double ratio, long at, long beyond) {
    static final Worst NONE = new Worst(0, 0, 0);

    Worst and(Worst after) {
      boolean later = after.ratio > ratio;
      return new Worst(later ? after.ratio : ratio, later ? after.at : at, beyond + after.beyond);
    }
  }

  public ElementScan(TensorView expected, TensorView actual, double rtol, double atol) {
    this.expected = expected;
    this.actual = actual;
    this.rtol = rtol;
    this.atol = atol;
    this.blocks = new Worst[Blockwise.blocks(expected.elements())];
    Arrays.fill(blocks, Worst.NONE);
  }

  @Override
  public int blocks() {
    return blocks.length;
  }

  @Override
  public void look(int block, PairLanes lanes) {
    long from = (long) block * BLOCK;
    long to = Math.min(from + BLOCK, expected.elements());
    Worst worst = Worst.NONE;
    for (long at = from; at < to; at += PairLanes.LANES) {
      int count = (int) Math.min(PairLanes.LANES, to - at);
      worst = worst.and(lanes.worst(expected, actual, at, count, rtol, atol));
    }
    blocks[block] = worst;
  }

  public Worst worst() {
    Worst worst = Worst.NONE;
    for (Worst block : blocks) {
      worst = worst.and(block);
    }
    return worst;
  }
}
