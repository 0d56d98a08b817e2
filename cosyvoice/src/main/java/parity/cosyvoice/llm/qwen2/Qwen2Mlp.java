package parity.cosyvoice.llm.qwen2;

import parity.cosyvoice.nn.Linear;
import parity.cosyvoice.nn.Ops;
import parity.cosyvoice.nn.Silu;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code Qwen2MLP} of transformers' {@code modeling_qwen2.py}. */
record Qwen2Mlp(String path, Qwen2Config config) {
  /** x [1, T, hidden] to [1, T, hidden]. */
  Value forward(Graph g, Value x) {
    x = g.enter(path, "x", x);
    int hidden = config.hiddenSize();
    int inner = config.intermediateSize();
    Value gate = new Linear(path + ".gate_proj", hidden, inner, false).forward(g, x, 1);
    Value active = new Silu(path + ".act_fn").forward(g, gate);
    Value up = new Linear(path + ".up_proj", hidden, inner, false).forward(g, x, 1);
    Value product = Ops.mul(g, active, up);
    return g.tap(
        path, new Linear(path + ".down_proj", inner, hidden, false).forward(g, product, 1));
  }
}
