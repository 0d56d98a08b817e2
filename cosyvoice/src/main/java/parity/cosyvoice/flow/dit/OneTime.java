package parity.cosyvoice.flow.dit;

import static parity.cosyvoice.nn.Ops.concat;
import static parity.cosyvoice.nn.Ops.slice;

import parity.cosyvoice.nn.Linear;
import parity.cosyvoice.nn.Silu;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/**
 * Modules of the time alone. Both rows of the batch are at the same time, so one row is computed,
 * [1, dim]; taps have it twice, as upstream does.
 */
final class OneTime {
  private OneTime() {}

  /** {@code torch.nn.Linear}. */
  static Value linear(Graph g, String path, long in, long out, Value row) {
    return tap(g, path, new Linear(path, in, out).row(g, row));
  }

  /** {@code torch.nn.SiLU}. */
  static Value silu(Graph g, String path, Value row) {
    return tap(g, path, Silu.of(g, row));
  }

  /** Names a module's output, and returns the one row. */
  static Value tap(Graph g, String path, Value row) {
    Value rows = g.tap(path, concat(g, 0, row, row));
    return g.isCutAt(path) ? slice(g, rows, 0, 0, 1) : row;
  }
}
