package parity.cosyvoice.hift;

import java.util.List;
import parity.cosyvoice.onnx.Attribute;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/**
 * {@code CausalConv1d}, {@code CausalConv1dDownSample} and the convolution of {@code
 * CausalConv1dUpsample} of transformer/convolution.py: a convolution that looks to the left alone.
 */
record CausalConv1d(String path, int in, int out, int kernel, int stride, int dilation) {
  static CausalConv1d of(String path, int in, int out, int kernel, int dilation) {
    return new CausalConv1d(path, in, out, kernel, 1, dilation);
  }

  /** Zeros before the first frame. */
  int causalPadding() {
    return stride > 1 ? stride - 1 : causalPadding(kernel, dilation);
  }

  /** Zeros that {@code CausalConv1d} puts on the side to which it looks. */
  static int causalPadding(int kernel, int dilation) {
    return (kernel * dilation - dilation) / 2 * 2 + (kernel + 1) % 2;
  }

  /** x [1, in, T] to [1, out, T / stride]. */
  Value forward(Graph g, Value x) {
    return forward(g, x, causalPadding());
  }

  /**
   * The same where x has its context already, as upstream's {@code cache} gives it.
   *
   * @param left zeros to put before the first frame
   */
  Value forward(Graph g, Value x, int left) {
    Value weight = g.weight(path + ".weight", out, in, kernel);
    Value bias = g.weight(path + ".bias", out);
    return g.tap(
        path,
        g.node(
            "Conv",
            List.of(x, weight, bias),
            Attribute.ofList("strides", stride),
            Attribute.ofList("dilations", dilation),
            Attribute.ofList("pads", left, 0)));
  }
}
