package parity.cosyvoice.nn;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Session;
import parity.cosyvoice.onnx.Value;
import parity.cosyvoice.onnx.Weights;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.file.FileSlice;

/** Runs one module, called {@code module}. */
final class OneModule {
  static final String PATH = "module";

  private OneModule() {}

  private record Some(Map<String, Tensor> tensors) implements Weights {
    @Override
    public void requireUnchanged() {}

    @Override
    public String source() {
      return "test";
    }

    @Override
    public Tensor get(String name) {
      return requireNonNull(tensors.get(name), name);
    }

    @Override
    public boolean contains(String name) {
      return tensors.containsKey(name);
    }

    @Override
    public Optional<FileSlice> slice(String name) {
      return Optional.empty();
    }
  }

  /** The module's output for an input of the given shape. */
  static float[] run(
      BiFunction<Graph, Value, Value> module,
      Map<String, Tensor> weights,
      Shape shape,
      float... x) {
    Graph g = new Graph(new Some(weights));
    Object[] axes = new Object[shape.rank()];
    for (int axis = 0; axis < axes.length; axis++) {
      axes[axis] = shape.dim(axis);
    }
    Value y = module.apply(g, g.input("x", DType.F32, axes));
    g.tap("y", y);
    try (Session session = Session.of(g.build(List.of("y")), 1);
        Arena arena = Arena.ofConfined()) {
      Map<String, Tensor> outputs =
          session.run(Map.of("x", Tensor.ofFloats(shape, x)), Set.of("y"), arena);
      return requireNonNull(outputs.get("y")).toFloats();
    }
  }
}
