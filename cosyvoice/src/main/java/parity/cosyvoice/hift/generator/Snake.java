package parity.cosyvoice.hift.generator;

import java.util.List;
import parity.cosyvoice.nn.Ops;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** {@code Snake} of transformer/activation.py: {@code x + 1 / (alpha + 1e-9) * sin(alpha x)^2}. */
public record Snake(String path, int channels) {
  private static final float NO_DIV_BY_ZERO = 0.000000001f;

  /** x [1, channels, T] to the same. */
  Value forward(Graph g, Value x) {
    x = g.enter(path, "x", x);
    String name = path + ".alpha";
    float[] alpha = g.weights().expect(name, channels).toFloats();
    float[] inverse = new float[channels];
    for (int c = 0; c < channels; c++) {
      inverse[c] = 1 / (alpha[c] + NO_DIV_BY_ZERO);
    }
    Shape column = Shape.of(1, channels, 1);
    Value sine =
        g.node("Sin", List.of(Ops.mul(g, x, g.constant(name, Tensor.ofFloats(column, alpha)))));
    Value bent =
        Ops.mul(
            g,
            g.constant(name + ".inverse", Tensor.ofFloats(column, inverse)),
            Ops.mul(g, sine, sine));
    return g.tap(path, Ops.add(g, x, bent));
  }
}
