package parity.harness.mutation;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What faults of nodes are made of. */
final class NodeEdits {
  private NodeEdits() {}

  /** Nodes of one operator. */
  static Predicate<NodeProto> is(String operator) {
    return node -> node.getOpType().equals(operator);
  }

  /** Changes the nodes that fit; a change that changes nothing is no fault. */
  static NodeFault node(Predicate<NodeProto> fits, UnaryOperator<NodeProto> change) {
    return (graph, index) -> {
      NodeProto node = graph.getNode(index);
      if (!fits.test(node)) {
        return Optional.empty();
      }
      NodeProto changed = change.apply(node);
      return changed.equals(node) ? Optional.empty() : NodeFault.with(graph, index, changed);
    };
  }

  /** One operator for another. */
  static NodeFault renamed(String from, String to) {
    return node(is(from), node -> node.toBuilder().setOpType(to).build());
  }

  /** Lets the first operand through. */
  static NodeFault dropped(Set<String> operators) {
    return (graph, index) ->
        operators.contains(graph.getNode(index).getOpType())
            ? NodeFault.pass(graph, index, 0)
            : Optional.empty();
  }

  /** The second operand first. */
  static NodeFault swapped(Set<String> operators) {
    return node(
        node -> operators.contains(node.getOpType()),
        node ->
            node.toBuilder().setInput(0, node.getInput(1)).setInput(1, node.getInput(0)).build());
  }

  /** Changes an attribute, where the node has it. */
  static NodeFault attribute(String operator, String name, UnaryOperator<AttributeProto> change) {
    return node(
        is(operator),
        node -> {
          NodeProto.Builder changed = node.toBuilder();
          for (int i = 0; i < node.getAttributeCount(); i++) {
            if (node.getAttribute(i).getName().equals(name)) {
              changed.setAttribute(i, change.apply(node.getAttribute(i)));
            }
          }
          return changed.build();
        });
  }

  /** Changes an integer attribute. */
  static NodeFault integer(String operator, String name, UnaryOperator<Long> change) {
    return attribute(operator, name, it -> it.toBuilder().setI(change.apply(it.getI())).build());
  }

  /** Changes a float attribute. */
  static NodeFault number(String operator, String name, UnaryOperator<Float> change) {
    return attribute(operator, name, it -> it.toBuilder().setF(change.apply(it.getF())).build());
  }

  /** Changes a list of integers. */
  static NodeFault ints(String operator, String name, UnaryOperator<List<Long>> change) {
    return attribute(
        operator,
        name,
        it -> it.toBuilder().clearInts().addAllInts(change.apply(it.getIntsList())).build());
  }

  /** The attribute of that name. */
  static Optional<AttributeProto> find(NodeProto node, String name) {
    return node.getAttributeList().stream().filter(it -> it.getName().equals(name)).findFirst();
  }
}
