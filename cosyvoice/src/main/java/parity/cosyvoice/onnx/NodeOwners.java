package parity.cosyvoice.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which tap or entrance each node of a graph works for: the first that was named after the node and
 * depends on it. So a node's name says in which module it stands, {@code
 * decoder.estimator.transformer_blocks.0.attn.to_q/Gemm_0}, however the graph is cut.
 */
final class NodeOwners {
  private final List<NodeProto> nodes;
  private final Map<String, Integer> producers = new HashMap<>();
  private final List<String> owners = new ArrayList<>();

  /**
   * Follows a graph under construction.
   *
   * @param nodes in the order in which they were added; more may come
   */
  NodeOwners(List<NodeProto> nodes) {
    this.nodes = nodes;
  }

  /** Gives all nodes to a point that it depends on and that nobody has. */
  void claim(String point, Value value) {
    follow();
    Deque<String> values = new ArrayDeque<>(List.of(value.name()));
    while (!values.isEmpty()) {
      Integer node = producers.get(values.pop());
      if (node != null && owners.get(node).isEmpty()) {
        owners.set(node, point);
        nodes.get(node).getInputList().forEach(values::push);
      }
    }
  }

  private void follow() {
    for (int node = owners.size(); node < nodes.size(); node++) {
      owners.add("");
      for (String output : nodes.get(node).getOutputList()) {
        producers.put(output, node);
      }
    }
  }

  /** The nodes, named {@code owner/Operator_k} by their place among their like. */
  List<NodeProto> named() {
    follow();
    Map<String, Integer> counts = new HashMap<>();
    List<NodeProto> named = new ArrayList<>();
    for (int node = 0; node < nodes.size(); node++) {
      String name = owners.get(node) + "/" + nodes.get(node).getOpType();
      int place = counts.merge(name, 1, Integer::sum) - 1;
      named.add(nodes.get(node).toBuilder().setName(name + "_" + place).build());
    }
    return named;
  }
}
