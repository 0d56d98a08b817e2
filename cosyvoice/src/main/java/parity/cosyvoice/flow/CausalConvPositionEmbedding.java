package parity.cosyvoice.flow;

import static parity.cosyvoice.nn.Ops.permute;

import parity.cosyvoice.nn.Conv1d;
import parity.cosyvoice.nn.Mish;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code CausalConvPositionEmbedding} of flow/DiT/modules.py. */
record CausalConvPositionEmbedding(String path, long dim) {
  private static final long KERNEL_SIZE = 31;
  private static final long GROUPS = 16;

  /** x [B, T, dim] to [B, T, dim]; a frame sees itself and 60 before it. */
  Value forward(Graph g, Value x) {
    Value y = permute(g, x, 0, 2, 1);
    y = convolution(g, path + ".conv1", y);
    y = convolution(g, path + ".conv2", y);
    return g.tap(path, permute(g, y, 0, 2, 1));
  }

  private Value convolution(Graph g, String sequential, Value x) {
    Value y =
        new Conv1d(sequential + ".0", dim, dim, KERNEL_SIZE, GROUPS, KERNEL_SIZE - 1, 0)
            .forward(g, x);
    return g.tap(sequential, new Mish(sequential + ".1").forward(g, y));
  }
}
