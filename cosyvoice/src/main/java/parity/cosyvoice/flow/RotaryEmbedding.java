package parity.cosyvoice.flow;

import java.lang.foreign.Arena;
import java.util.Map;
import parity.cosyvoice.config.DitConfig;
import parity.cosyvoice.onnx.Weights;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** {@code RotaryEmbedding} of x_transformers, as flow/DiT/dit.py uses it. */
final class RotaryEmbedding {
  private final float[] invFreq;

  RotaryEmbedding(DitConfig config, Weights weights) {
    String name = Estimator.PATH + ".rotary_embed.inv_freq";
    this.invFreq = weights.expect(name, config.dimHead() / 2).toFloats();
  }

  /** Of all frames, as upstream calls it. */
  Map<String, Tensor> forwardFromSeqLen(int length, Arena arena) {
    return forward(0, length, arena);
  }

  /**
   * Cosines and sines [T, dimHead / 2]; the angle is rounded to float32, as upstream's is.
   *
   * @param first where the first frame stands
   */
  Map<String, Tensor> forward(int first, int length, Arena arena) {
    Shape shape = Shape.of(length, invFreq.length);
    Tensor cos = Tensor.allocate(DType.F32, shape, arena);
    Tensor sin = Tensor.allocate(DType.F32, shape, arena);
    for (int t = 0; t < length; t++) {
      for (int i = 0; i < invFreq.length; i++) {
        float angle = (first + t) * invFreq[i];
        long at = (long) t * invFreq.length + i;
        cos.setFloat(at, (float) Math.cos(angle));
        sin.setFloat(at, (float) Math.sin(angle));
      }
    }
    return Map.of("cos", cos, "sin", sin);
  }
}
