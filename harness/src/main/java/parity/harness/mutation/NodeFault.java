package parity.harness.mutation;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Optional;

/** A way to spoil one node of a graph. */
@FunctionalInterface
interface NodeFault {
  /**
   * The graph with that node spoilt.
   *
   * @param graph that holds the node
   * @param index of the node
   * @return empty if the fault does not fit the node
   */
  Optional<GraphProto> in(GraphProto graph, int index);

  /** Replaces the node. */
  static Optional<GraphProto> with(GraphProto graph, int index, NodeProto node) {
    return Optional.of(graph.toBuilder().setNode(index, node).build());
  }

  /** Lets one of the node's operands through in its place. */
  static Optional<GraphProto> pass(GraphProto graph, int index, int operand) {
    NodeProto node = graph.getNode(index);
    return with(
        graph,
        index,
        NodeProto.newBuilder()
            .setName(node.getName())
            .setOpType("Identity")
            .addInput(node.getInput(operand))
            .addOutput(node.getOutput(0))
            .build());
  }
}
