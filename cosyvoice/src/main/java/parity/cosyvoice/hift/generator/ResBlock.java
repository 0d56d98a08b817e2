package parity.cosyvoice.hift.generator;

import java.util.List;
import parity.cosyvoice.nn.Ops;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code ResBlock(causal=True)} of hifigan/generator.py. */
public record ResBlock(String path, int channels, int kernel, List<Integer> dilations) {
  /** x [1, channels, T] to the same. */
  Value forward(Graph g, Value x) {
    x = g.enter(path, "x", x);
    for (int idx = 0; idx < dilations.size(); idx++) {
      Value xt = new Snake(path + ".activations1." + idx, channels).forward(g, x);
      xt = conv(".convs1." + idx, dilations.get(idx)).forward(g, xt);
      xt = new Snake(path + ".activations2." + idx, channels).forward(g, xt);
      xt = conv(".convs2." + idx, 1).forward(g, xt);
      x = Ops.add(g, xt, x);
    }
    return g.tap(path, x);
  }

  /** How many frames to the left of its own an output frame depends on. */
  int reach() {
    return dilations.stream()
        .mapToInt(
            d -> CausalConv1d.causalPadding(kernel, d) + CausalConv1d.causalPadding(kernel, 1))
        .sum();
  }

  private CausalConv1d conv(String name, int dilation) {
    return CausalConv1d.of(path + name, channels, channels, kernel, dilation);
  }
}
