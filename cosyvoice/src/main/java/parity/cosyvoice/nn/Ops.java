package parity.cosyvoice.nn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import parity.cosyvoice.onnx.Attribute;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;

/** Short names for the operators that a module's {@code forward} is written in. */
public final class Ops {
  private Ops() {}

  /** {@code a + b}, broadcast. */
  public static Value add(Graph g, Value a, Value b) {
    return g.node("Add", List.of(a, b));
  }

  /** {@code a * b}, broadcast. */
  public static Value mul(Graph g, Value a, Value b) {
    return g.node("Mul", List.of(a, b));
  }

  /** Axes in the given order. */
  public static Value permute(Graph g, Value x, long... axes) {
    return g.node("Transpose", List.of(x), Attribute.ofList("perm", axes));
  }

  /** The same elements under other axes; one may be -1, and 0 keeps the axis that was there. */
  public static Value reshape(Graph g, Value x, long... axes) {
    return g.node("Reshape", List.of(x, g.longs(axes)));
  }

  /** A new axis of size one. */
  public static Value unsqueeze(Graph g, Value x, long axis) {
    return g.node("Unsqueeze", List.of(x, g.longs(axis)));
  }

  /** Joins along an axis. */
  public static Value concat(Graph g, long axis, Value... parts) {
    return g.node("Concat", Arrays.asList(parts), Attribute.of("axis", axis));
  }

  /** Repeats axes of size one, as PyTorch's {@code expand} does. */
  public static Value expand(Graph g, Value x, Value shape) {
    return g.node("Expand", List.of(x, shape));
  }

  /** Elements {@code from} to {@code to} of one axis; both may count from the end. */
  public static Value slice(Graph g, Value x, long axis, long from, long to) {
    return g.node("Slice", List.of(x, g.longs(from), g.longs(to), g.longs(axis)));
  }

  /** Cuts an axis into equal parts, as {@code torch.chunk} does. */
  public static List<Value> chunk(Graph g, Value x, int parts, long axis, long size) {
    Value sizes = g.longs(LongStream.generate(() -> size / parts).limit(parts).toArray());
    return g.nodes("Split", parts, List.of(x, sizes), Attribute.of("axis", axis));
  }
}
