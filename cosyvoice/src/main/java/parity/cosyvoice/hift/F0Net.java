package parity.cosyvoice.hift;

import java.lang.foreign.Arena;
import java.util.List;
import parity.cosyvoice.config.F0PredictorConfig;
import parity.cosyvoice.nn.Ops;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.weights.WeightNorm;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * The graph of {@code CausalConvRNNF0Predictor} of hifigan/f0_predictor.py.
 *
 * <p>ONNX Runtime's CPU has no convolution in float64, so each is a matrix product with the
 * unfolded input: a row for each pair of tap and channel.
 *
 * @param arena owns the weights that had to be computed
 */
record F0Net(F0PredictorConfig config, Weights weights, DType dtype, Arena arena, Graph graph) {
  static final String MEL = "x";
  static final int FIRST_KERNEL = 4;
  static final int KERNEL = 3;
  private static final int LAYERS = 5;

  /** Frames to the left of its own that a frame depends on: the first layer looks to the right. */
  static int lookLeft() {
    return (LAYERS - 1) * (KERNEL - 1);
  }

  /** x [1, inChannels, T + 3] to F0 [1, T]. */
  Graph build() {
    forward(graph.input(MEL, dtype, 1, config.inChannels(), "T"));
    return graph;
  }

  private void forward(Value x) {
    int channels = config.condChannels();
    x = elu("f0_predictor.condnet.1", conv(0, x, config.inChannels(), FIRST_KERNEL));
    for (int layer = 1; layer < LAYERS; layer++) {
      int index = 2 * layer;
      Tensor zeros = Tensor.allocate(dtype, Shape.of(1, channels, KERNEL - 1), arena);
      Value padded = Ops.concat(graph, 2, graph.constant("cache", zeros), x);
      x = elu("f0_predictor.condnet." + (index + 1), conv(index, padded, channels, KERNEL));
    }
    x = classifier(Ops.permute(graph, x, 0, 2, 1));
    Value f0 = graph.node("Abs", List.of(graph.node("Squeeze", List.of(x, graph.longs(2)))));
    graph.tap("f0_predictor", f0);
  }

  /** x [1, in, T + kernel - 1] to [1, out, T]. */
  private Value conv(int index, Value x, int in, int kernel) {
    int out = config.condChannels();
    String path = "f0_predictor.condnet." + index;
    Value[] taps = new Value[kernel];
    for (int tap = 0; tap < kernel; tap++) {
      long end = tap == kernel - 1 ? Long.MAX_VALUE : tap - kernel + 1;
      taps[tap] = Ops.slice(graph, x, 2, tap, end);
    }
    Value unfolded = Ops.concat(graph, 1, taps);
    Value weight = graph.tensor(path + ".weight", unfoldedWeight(path, out, in, kernel));
    Value product = graph.node("MatMul", List.of(weight, unfolded));
    return graph.tap(path, Ops.add(graph, product, parameter(path + ".bias", 1, out, 1)));
  }

  /** Weight [out, in, kernel] as [out, kernel * in], in the order of the unfolded input's rows. */
  private Tensor unfoldedWeight(String path, int out, int in, int kernel) {
    try (Arena scratch = Arena.ofConfined()) {
      Tensor weight =
          dtype == DType.F64
              ? WeightNorm.foldToDouble(weights, path, scratch, out, in, kernel)
              : WeightNorm.fold(weights, path, scratch, out, in, kernel);
      Tensor unfolded = Tensor.allocate(dtype, Shape.of(out, (long) kernel * in), arena);
      for (int o = 0; o < out; o++) {
        for (int c = 0; c < in; c++) {
          for (int tap = 0; tap < kernel; tap++) {
            long from = ((long) o * in + c) * kernel + tap;
            set(unfolded, ((long) o * kernel + tap) * in + c, weight.getDouble(from));
          }
        }
      }
      return unfolded;
    }
  }

  /** {@code ELU}: x above 0, else {@code exp(x) - 1}. */
  private Value elu(String path, Value x) {
    Value zero = scalar(0);
    Value exp = graph.node("Exp", List.of(graph.node("Min", List.of(x, zero))));
    Value negative = graph.node("Sub", List.of(exp, scalar(1)));
    return graph.tap(path, Ops.add(graph, graph.node("Max", List.of(x, zero)), negative));
  }

  /** x [1, T, channels] to [1, T, num_class]. */
  private Value classifier(Value x) {
    String path = "f0_predictor.classifier";
    Tensor weight = weights.expect(path + ".weight", config.numClass(), config.condChannels());
    Value transposed = Ops.permute(graph, graph.tensor(path + ".weight", converted(weight)), 1, 0);
    Value input = graph.enter(path, "input", x);
    Value product = graph.node("MatMul", List.of(input, transposed));
    return graph.tap(path, Ops.add(graph, product, parameter(path + ".bias", config.numClass())));
  }

  private Value parameter(String name, long... dims) {
    Tensor tensor = weights.expect(name, Shape.of(dims).elements());
    return graph.tensor(name, converted(tensor).reshape(dims));
  }

  private Tensor converted(Tensor tensor) {
    Tensor copy = Tensor.allocate(dtype, tensor.shape(), arena);
    for (long i = 0; i < tensor.elements(); i++) {
      set(copy, i, tensor.getFloat(i));
    }
    return copy;
  }

  private void set(Tensor tensor, long index, double value) {
    if (dtype == DType.F64) {
      tensor.setDouble(index, value);
    } else {
      tensor.setFloat(index, (float) value);
    }
  }

  private Value scalar(double value) {
    return dtype == DType.F64 ? graph.scalar(value) : graph.scalar((float) value);
  }
}
