package parity.cosyvoice.hift;

import parity.cosyvoice.nn.Ops;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/**
 * {@code CausalConv1dUpsample} of transformer/convolution.py: every frame repeated {@code rate}
 * times, then a convolution that looks to the left alone.
 */
record CausalConv1dUpsample(String path, int in, int out, int kernel, int rate) {
  /** x [1, in, T] to [1, out, rate T]. */
  Value forward(Graph g, Value x) {
    Value repeated = Ops.expand(g, Ops.unsqueeze(g, x, 3), g.longs(1, in, 1, rate));
    Value upsampled = g.tap(path + ".upsample", Ops.reshape(g, repeated, 1, in, -1));
    return CausalConv1d.of(path, in, out, kernel, 1).forward(g, upsampled, kernel - 1);
  }
}
