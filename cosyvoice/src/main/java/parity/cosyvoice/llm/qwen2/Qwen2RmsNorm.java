package parity.cosyvoice.llm.qwen2;

import java.util.List;
import parity.cosyvoice.nn.Ops;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code Qwen2RMSNorm} of transformers' {@code modeling_qwen2.py}. */
record Qwen2RmsNorm(String path, Qwen2Config config) {
  /** x [1, T, hidden] to [1, T, hidden]. */
  Value forward(Graph g, Value x) {
    x = g.enter(path, "hidden_states", x);
    Value variance = new TorchMean(config.hiddenSize()).forward(g, Ops.mul(g, x, x));
    Value root = g.node("Sqrt", List.of(Ops.add(g, variance, g.scalar(config.rmsNormEps()))));
    // Div would be merged with the product that follows, into x / root, which rounds otherwise.
    Value rsqrt = g.node("Reciprocal", List.of(root));
    Value weight = g.weight(path + ".weight", config.hiddenSize());
    return g.tap(path, Ops.mul(g, weight, Ops.mul(g, x, rsqrt)));
  }
}
