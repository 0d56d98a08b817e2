package parity.harness.mutation;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.stream.IntStream;

/** Float32 constants that are kept inside a graph. */
final class Constants {
  private Constants() {}

  /** The constant of that name. */
  static Optional<TensorProto> find(GraphProto graph, String name) {
    return graph.getInitializerList().stream()
        .filter(tensor -> tensor.getName().equals(name))
        .filter(tensor -> tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE)
        .filter(tensor -> !tensor.getRawData().isEmpty())
        .findFirst();
  }

  /** The number of that name; empty if it is none, or several. */
  static Optional<Float> number(GraphProto graph, String name) {
    return find(graph, name)
        .filter(tensor -> tensor.getRawData().size() == Float.BYTES)
        .map(tensor -> values(tensor).getFloat(0));
  }

  private static ByteBuffer values(TensorProto tensor) {
    return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Whether the graph's weights hold a tensor of that name, in a file or in memory or in itself.
   */
  static boolean isWeight(GraphProto graph, String name) {
    return graph.getInitializerList().stream().anyMatch(tensor -> tensor.getName().equals(name));
  }

  /**
   * The graph in which one node alone reads a constant whose middle number is multiplied.
   *
   * @param operand of the node
   */
  static GraphProto scaled(GraphProto graph, int node, int operand, float factor) {
    String name = graph.getNode(node).getInput(operand);
    TensorProto constant = find(graph, name).orElseThrow();
    byte[] bytes = constant.getRawData().toByteArray();
    int middle = bytes.length / Float.BYTES / 2 * Float.BYTES;
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putFloat(middle, buffer.getFloat(middle) * factor);
    String spoilt = name + " spoilt";
    return graph.toBuilder()
        .addInitializer(constant.toBuilder().setName(spoilt).setRawData(ByteString.copyFrom(bytes)))
        .setNode(node, graph.getNode(node).toBuilder().setInput(operand, spoilt))
        .build();
  }

  /** Which operand of a node is a float32 constant inside the graph. */
  static Optional<Integer> operand(GraphProto graph, int node) {
    return IntStream.range(0, graph.getNode(node).getInputCount())
        .filter(operand -> find(graph, graph.getNode(node).getInput(operand)).isPresent())
        .boxed()
        .findFirst();
  }
}
