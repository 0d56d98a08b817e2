package parity.harness.mutation;

import static parity.harness.mutation.NodeEdits.attribute;
import static parity.harness.mutation.NodeEdits.dropped;
import static parity.harness.mutation.NodeEdits.find;
import static parity.harness.mutation.NodeEdits.integer;
import static parity.harness.mutation.NodeEdits.ints;
import static parity.harness.mutation.NodeEdits.is;
import static parity.harness.mutation.NodeEdits.node;
import static parity.harness.mutation.NodeEdits.number;
import static parity.harness.mutation.NodeEdits.renamed;
import static parity.harness.mutation.NodeEdits.swapped;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All ways to spoil a node, by name. */
final class NodeFaults {
  private static final float LARGEST_EPSILON = 1e-4f;
  private static final Map<String, NodeFault> ALL = new LinkedHashMap<>();

  static {
    ALL.put("epsilon ten times as large", NodeFaults::epsilon);
    ALL.put("constant one percent off", NodeFaults::constant);
    ALL.put("erf for tanh in GELU", renamed("FastGelu", "Gelu"));
    ALL.put("activation dropped", dropped(Set.of("FastGelu", "LeakyRelu", "Exp", "Tanh")));
    ALL.put("slope of LeakyReLU doubled", number("LeakyRelu", "alpha", slope -> slope * 2));
    ALL.put("padding on the other side", ints("Conv", "pads", ConvolutionFaults::otherSide));
    ALL.put("shifted by one frame", ints("Conv", "pads", ConvolutionFaults::shifted));
    ALL.put("dilation one more", ConvolutionFaults::dilation);
    ALL.put("padding by the edge", ConvolutionFaults::edge);
    ALL.put("operands swapped", swapped(Set.of("Sub", "Div")));
    ALL.put("residual dropped", sum(0));
    ALL.put("branch dropped", sum(1));
    ALL.put("bias dropped", NodeFaults::bias);
    ALL.put("matrix transposed", NodeFaults::transposed);
    ALL.put("mean over another axis", ints("ReduceMean", "axes", axes -> List.of(-2L)));
    ALL.put("joined along another axis", integer("Concat", "axis", axis -> axis == -1 ? 1 : axis));
    ALL.put("soft maximum over another axis", integer("LogSoftmax", "axis", axis -> 0L));
    ALL.put("permuted otherwise", ints("Transpose", "perm", NodeFaults::otherOrder));
    ALL.put("rotary on no head", dropped(Set.of("RotaryEmbedding")));
    ALL.put("rotary by halves", integer("RotaryEmbedding", "interleaved", on -> 1 - on));
    ALL.put("rotary on every head", NodeFaults::everyHead);
    ALL.put("heads halved", integer("MultiHeadAttention", "num_heads", heads -> heads / 2));
    ALL.put("attention scaled by a tenth more", NodeFaults::attentionScale);
    ALL.put("parts of a split exchanged", NodeFaults::parts);
    ALL.put("float32 for float64", NodeFaults::single);
    ALL.put("sine for cosine", renamed("Cos", "Sin"));
    ALL.put("cosine for sine", renamed("Sin", "Cos"));
    ALL.put("sign dropped", dropped(Set.of("Neg")));
    ALL.put("magnitude dropped", dropped(Set.of("Abs")));
    ALL.put("variance for deviation", dropped(Set.of("Sqrt")));
    ALL.put("bound dropped", dropped(Set.of("Min", "Max")));
    ALL.put("product for sum", renamed("Add", "Mul"));
    ALL.put("sum for product", renamed("Mul", "Add"));
    ALL.put("length for sum of squares", renamed("ReduceL2", "ReduceL1"));
  }

  private NodeFaults() {}

  /** Faults by name, in a fixed order. */
  static Map<String, NodeFault> all() {
    return ALL;
  }

  private static Optional<GraphProto> epsilon(GraphProto graph, int index) {
    if (!Set.of("Add", "Max").contains(graph.getNode(index).getOpType())) {
      return Optional.empty();
    }
    return Constants.operand(graph, index)
        .filter(operand -> isEpsilon(graph, index, operand))
        .map(operand -> Constants.scaled(graph, index, operand, 10));
  }

  private static boolean isEpsilon(GraphProto graph, int index, int operand) {
    return Constants.number(graph, graph.getNode(index).getInput(operand))
        .filter(value -> value > 0 && value <= LARGEST_EPSILON)
        .isPresent();
  }

  /** Of an epsilon, one percent is less than the last place of what it is added to. */
  private static Optional<GraphProto> constant(GraphProto graph, int index) {
    if (!Set.of("Mul", "Div", "Add", "Sub").contains(graph.getNode(index).getOpType())) {
      return Optional.empty();
    }
    return Constants.operand(graph, index)
        .filter(operand -> !isEpsilon(graph, index, operand))
        .map(operand -> Constants.scaled(graph, index, operand, 1.01f));
  }

  /** Of a sum of two results, one alone. */
  private static NodeFault sum(int kept) {
    return (graph, index) -> {
      NodeProto node = graph.getNode(index);
      boolean results =
          node.getOpType().equals("Add")
              && node.getInputList().stream().noneMatch(name -> Constants.isWeight(graph, name));
      return results ? NodeFault.pass(graph, index, 1 - kept) : Optional.empty();
    };
  }

  private static Optional<GraphProto> bias(GraphProto graph, int index) {
    NodeProto node = graph.getNode(index);
    if (Set.of("Gemm", "Conv").contains(node.getOpType()) && node.getInputCount() == 3) {
      NodeProto.Builder without = node.toBuilder().clearInput();
      without.addInput(node.getInput(0)).addInput(node.getInput(1));
      return NodeFault.with(graph, index, without.build());
    }
    boolean added =
        node.getOpType().equals("Add")
            && Constants.isWeight(graph, node.getInput(1))
            && node.getInput(1).endsWith("bias");
    return added ? NodeFault.pass(graph, index, 0) : Optional.empty();
  }

  private static Optional<GraphProto> transposed(GraphProto graph, int index) {
    return attribute("Gemm", "transB", it -> it.toBuilder().setI(1 - it.getI()).build())
        .in(graph, index)
        .filter(changed ->
            graph.getInitializerList().stream()
                .filter(it -> it.getName().equals(graph.getNode(index).getInput(1)))
                .anyMatch(it -> it.getDimsCount() == 2 && it.getDims(0) == it.getDims(1)));
  }

  private static List<Long> otherOrder(List<Long> perm) {
    return perm.size() < 3 ? perm : List.of(0L, 1L, 2L, 3L).subList(0, perm.size());
  }

  private static Optional<GraphProto> everyHead(GraphProto graph, int index) {
    Optional<Long> heads =
        graph.getNodeList().stream()
            .filter(is("MultiHeadAttention"))
            .flatMap(node -> find(node, "num_heads").stream())
            .map(AttributeProto::getI)
            .findFirst();
    return heads.flatMap(count ->
        node(
                is("RotaryEmbedding"),
                node -> {
                  NodeProto.Builder changed = node.toBuilder().clearAttribute();
                  node.getAttributeList().stream()
                      .filter(it -> it.getName().equals("interleaved"))
                      .forEach(changed::addAttribute);
                  return changed.build();
                })
            .in(graph, index));
  }

  private static Optional<GraphProto> attentionScale(GraphProto graph, int index) {
    return number("GroupQueryAttention", "scale", scale -> scale * 1.1f)
        .in(graph, index)
        .or(() ->
            node(
                    is("MultiHeadAttention"),
                    node ->
                        node.toBuilder()
                            .addAttribute(
                                AttributeProto.newBuilder()
                                    .setName("scale")
                                    .setType(AttributeProto.AttributeType.FLOAT)
                                    .setF(0.2f))
                            .build())
                .in(graph, index));
  }

  /** The first two, as scale and shift are confused. */
  private static Optional<GraphProto> parts(GraphProto graph, int index) {
    return node(
            is("Split"),
            node ->
                node.toBuilder()
                    .setOutput(0, node.getOutput(1))
                    .setOutput(1, node.getOutput(0))
                    .build())
        .in(graph, index);
  }

  /** In a graph that computes in float64, one product is rounded to float32. */
  private static Optional<GraphProto> single(GraphProto graph, int index) {
    NodeProto node = graph.getNode(index);
    boolean isDouble =
        graph.getInputList().stream()
            .anyMatch(input ->
                input.getType().getTensorType().getElemType() == TensorProto.DataType.DOUBLE_VALUE);
    if (!isDouble || !node.getOpType().equals("MatMul")) {
      return Optional.empty();
    }
    String output = node.getOutput(0);
    return Optional.of(
        graph.toBuilder()
            .setNode(index, node.toBuilder().setOutput(0, output + " exact"))
            .addNode(
                index + 1,
                cast(output + " exact", output + " single", TensorProto.DataType.FLOAT_VALUE))
            .addNode(index + 2, cast(output + " single", output, TensorProto.DataType.DOUBLE_VALUE))
            .build());
  }

  private static NodeProto cast(String from, String to, int type) {
    return NodeProto.newBuilder()
        .setName(to + " cast")
        .setOpType("Cast")
        .addInput(from)
        .addOutput(to)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("to")
                .setType(AttributeProto.AttributeType.INT)
                .setI(type))
        .build();
  }
}
