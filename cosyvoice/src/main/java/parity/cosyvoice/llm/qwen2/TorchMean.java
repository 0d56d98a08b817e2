package parity.cosyvoice.llm.qwen2;

import java.util.ArrayList;
import java.util.List;
import parity.cosyvoice.nn.Ops;
import parity.cosyvoice.onnx.Attribute;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/**
 * {@code torch.mean(-1, keepdim=True)} of float32, added up in PyTorch's order ({@code
 * aten/src/ATen/native/cpu/SumKernel.cpp}): four vectors of eight lanes side by side, in blocks of
 * sixteen, then the four, then the lanes.
 *
 * <p>The order matters because upstream's normalisation computes in float32 even where the model
 * runs in float64: that rounding is in the captured truth too, and the last bit of a mean shifts a
 * whole row of what is normalised.
 */
record TorchMean(long width) {
  private static final long LANES = 8;
  private static final long VECTORS = 4;
  private static final long BLOCK = 16;

  /** x [1, T, width] to [1, T, 1]. */
  Value forward(Graph g, Value x) {
    Value columns = Ops.permute(g, Ops.reshape(g, x, -1, width), 1, 0);
    Value sum = Ops.reshape(g, total(g, columns), 1, -1, 1);
    return g.node("Div", List.of(sum, g.scalar((float) width)));
  }

  /** columns [width, T] to [1, T]: what fills no vector first, then the lanes one by one. */
  private Value total(Graph g, Value columns) {
    long count = width / LANES;
    List<Value> terms = new ArrayList<>();
    if (width % LANES > 0) {
      terms.add(Ops.slice(g, columns, 0, count * LANES, width));
    }
    if (count > 0) {
      terms.add(Ops.reshape(g, lanes(g, columns, count), LANES, -1));
    }
    return sum(g, terms);
  }

  /** columns [width, T], of which {@code count} vectors, to [1, lanes, T]. */
  private Value lanes(Graph g, Value columns, long count) {
    long rows = count / VECTORS;
    long inRows = rows * VECTORS * LANES;
    List<Value> terms = new ArrayList<>();
    if (count % VECTORS > 0) {
      Value rest = Ops.slice(g, columns, 0, inRows, count * LANES);
      terms.add(Ops.reshape(g, rest, count % VECTORS, LANES, -1));
    }
    if (rows > 0) {
      Value inOrder = Ops.reshape(g, rows(g, columns, rows), VECTORS, LANES, -1);
      terms.addFirst(Ops.slice(g, inOrder, 0, 0, 1));
      terms.add(Ops.slice(g, inOrder, 0, 1, VECTORS));
    }
    return sum(g, terms);
  }

  /**
   * columns [width, T], of which {@code count} rows of four vectors, to [1, vectors * lanes, T].
   * The last, incomplete block comes first. (PyTorch gathers blocks in blocks again, which begins
   * at 8192 wide.)
   */
  private Value rows(Graph g, Value columns, long count) {
    long step = VECTORS * LANES;
    long whole = count - count % BLOCK;
    List<Value> blocks = new ArrayList<>();
    for (long from = 0; from < count; from += BLOCK) {
      long to = Math.min(from + BLOCK, count);
      Value block = Ops.slice(g, columns, 0, from * step, to * step);
      blocks.add(sum(g, List.of(Ops.reshape(g, block, to - from, step, -1))));
    }
    if (whole == 0 || blocks.size() == 1) {
      return blocks.getFirst();
    }
    if (whole == count) {
      return sum(g, blocks);
    }
    Value last = blocks.removeLast();
    return Ops.add(g, last, sum(g, blocks));
  }

  /** terms, joined along their first axis, to their sum in that order, with that axis of size 1. */
  private static Value sum(Graph g, List<Value> terms) {
    Value joined =
        terms.size() == 1 ? terms.getFirst() : Ops.concat(g, 0, terms.toArray(Value[]::new));
    Value sums = g.node("CumSum", List.of(joined, g.integer(0)));
    return g.node("Gather", List.of(sums, g.longs(-1)), Attribute.of("axis", 0));
  }
}
