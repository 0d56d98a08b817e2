package parity.cosyvoice.flow;

import static parity.cosyvoice.nn.Ops.add;
import static parity.cosyvoice.nn.Ops.permute;
import static parity.cosyvoice.nn.Ops.slice;

import java.util.List;
import parity.cosyvoice.nn.Conv1d;
import parity.cosyvoice.onnx.Attribute;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** {@code PreLookaheadLayer} of transformer/upsample_encoder.py. */
record PreLookaheadLayer(String path, long inChannels, long channels, long preLookaheadLen) {
  /** {@code torch.nn.functional.leaky_relu}'s default. */
  private static final float NEGATIVE_SLOPE = 0.01f;

  static final long CONV2_KERNEL = 3;

  /**
   * x [1, N, inChannels] to [1, N, inChannels]; if not {@code isFinal}, the last preLookaheadLen
   * tokens of x are context for those before them and give no output of their own.
   */
  Value forward(Graph g, Value x, boolean isFinal) {
    long padding = isFinal ? preLookaheadLen : 0;
    Value inputs = isFinal ? x : slice(g, x, 1, 0, -preLookaheadLen);
    Value outputs =
        new Conv1d(path + ".conv1", inChannels, channels, preLookaheadLen + 1, 1, 0, padding)
            .forward(g, permute(g, x, 0, 2, 1));
    outputs = g.node("LeakyRelu", List.of(outputs), Attribute.of("alpha", NEGATIVE_SLOPE));
    outputs =
        new Conv1d(path + ".conv2", channels, inChannels, CONV2_KERNEL, 1, CONV2_KERNEL - 1, 0)
            .forward(g, outputs);
    return g.tap(path, add(g, permute(g, outputs, 0, 2, 1), inputs));
  }
}
