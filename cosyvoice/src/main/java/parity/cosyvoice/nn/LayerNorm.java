package parity.cosyvoice.nn;

import java.util.Arrays;
import java.util.List;
import parity.cosyvoice.onnx.Attribute;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** {@code torch.nn.LayerNorm(dim, elementwise_affine=False, eps)} over the last axis. */
public record LayerNorm(String path, int dim, float eps) {
  /** x [..., dim] to [..., dim]. */
  public Value forward(Graph g, Value x) {
    float[] ones = new float[dim];
    Arrays.fill(ones, 1);
    Value scale = g.constant("ones" + dim, Tensor.ofFloats(Shape.of(dim), ones));
    return g.tap(
        path, g.node("LayerNormalization", List.of(x, scale), Attribute.of("epsilon", eps)));
  }
}
