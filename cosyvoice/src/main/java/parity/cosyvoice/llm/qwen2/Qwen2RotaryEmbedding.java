package parity.cosyvoice.llm.qwen2;

import java.util.List;
import parity.cosyvoice.nn.Ops;
import parity.cosyvoice.onnx.Attribute;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** {@code Qwen2RotaryEmbedding} of transformers' {@code modeling_qwen2.py}. */
record Qwen2RotaryEmbedding(String path, Qwen2Config config) {
  /** Positions, int64 [T], to cosine and sine, each [1, T, headDim]. */
  Rotation forward(Graph g, Value positions) {
    Value column = g.node("Cast", List.of(positions), Attribute.of("to", DType.F32));
    Value freqs = Ops.mul(g, Ops.reshape(g, column, 1, -1, 1), inverseFrequencies(g));
    Value emb = Ops.concat(g, -1, freqs, freqs);
    return new Rotation(
        g.tap(path + ".0", rounded(g, "Cos", emb)),
        g.tap(path + ".1", rounded(g, "Sin", emb)),
        config.headDim());
  }

  /** In float64 and rounded once, which is nearer to PyTorch's float32 than another's is. */
  private static Value rounded(Graph g, String operator, Value x) {
    Value wide = g.node("Cast", List.of(x), Attribute.of("to", DType.F64));
    Value exact = g.node(operator, List.of(wide));
    return g.node("Cast", List.of(exact), Attribute.of("to", DType.F32));
  }

  /**
   * {@code 1 / theta ** (2 i / headDim)}, each step rounded to float32 as there: the last bit of
   * it, times a position of a thousand, is an angle of 1e-4.
   */
  private Value inverseFrequencies(Graph g) {
    float[] frequencies = new float[config.headDim() / 2];
    for (int i = 0; i < frequencies.length; i++) {
      float exponent = 2f * i / config.headDim();
      frequencies[i] = 1f / (float) Math.pow(config.ropeTheta(), exponent);
    }
    return g.constant("inv_freq", Tensor.ofFloats(Shape.of(frequencies.length), frequencies));
  }

  /** {@code apply_rotary_pos_emb} of the same file. */
  record Rotation(Value cos, Value sin, int headDim) {
    /** x [1, T, heads * headDim] to the same, every head turned by position. */
    Value of(Graph g, Value x, int heads) {
      Value split = Ops.reshape(g, x, 1, -1, heads, headDim);
      Value straight = Ops.mul(g, split, Ops.unsqueeze(g, cos, 2));
      Value crossed = Ops.mul(g, rotateHalf(g, split), Ops.unsqueeze(g, sin, 2));
      return Ops.reshape(g, Ops.add(g, straight, crossed), 1, -1, (long) heads * headDim);
    }

    private Value rotateHalf(Graph g, Value x) {
      List<Value> halves = Ops.chunk(g, x, 2, -1, headDim);
      return Ops.concat(g, -1, g.node("Neg", List.of(halves.get(1))), halves.get(0));
    }
  }
}
