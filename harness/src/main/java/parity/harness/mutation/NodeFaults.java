package parity.harness.mutation;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** All ways to spoil a node, by name. */
final class NodeFaults {
  private static final ByteString EDGE = ByteString.copyFromUtf8("edge");
  private static final float LARGEST_EPSILON = 1e-4f;
  private static final Map<String, NodeFault> ALL = new LinkedHashMap<>();

  static {
    ALL.put("epsilon ten times as large", NodeFaults::epsilon);
    ALL.put("constant one percent off", NodeFaults::constant);
    ALL.put("erf for tanh in GELU", renamed("FastGelu", "Gelu"));
    ALL.put("activation dropped", dropped(Set.of("FastGelu", "LeakyRelu", "Exp", "Tanh")));
    ALL.put("slope of LeakyReLU doubled", number("LeakyRelu", "alpha", slope -> slope * 2));
    ALL.put("padding on the other side", ints("Conv", "pads", NodeFaults::otherSide));
    ALL.put("shifted by one frame", ints("Conv", "pads", NodeFaults::shifted));
    ALL.put("dilation one more", NodeFaults::dilation);
    ALL.put("padding by the edge", NodeFaults::edge);
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

  private static Predicate<NodeProto> is(String operator) {
    return node -> node.getOpType().equals(operator);
  }

  private static NodeFault node(Predicate<NodeProto> fits, UnaryOperator<NodeProto> change) {
    return (graph, index) -> {
      NodeProto node = graph.getNode(index);
      if (!fits.test(node)) {
        return Optional.empty();
      }
      NodeProto changed = change.apply(node);
      return changed.equals(node) ? Optional.empty() : NodeFault.with(graph, index, changed);
    };
  }

  private static NodeFault renamed(String from, String to) {
    return node(is(from), node -> node.toBuilder().setOpType(to).build());
  }

  private static NodeFault dropped(Set<String> operators) {
    return (graph, index) ->
        operators.contains(graph.getNode(index).getOpType())
            ? NodeFault.pass(graph, index, 0)
            : Optional.empty();
  }

  private static NodeFault swapped(Set<String> operators) {
    return node(
        node -> operators.contains(node.getOpType()),
        node ->
            node.toBuilder().setInput(0, node.getInput(1)).setInput(1, node.getInput(0)).build());
  }

  private static NodeFault attribute(
      String operator, String name, UnaryOperator<AttributeProto> change) {
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

  private static NodeFault integer(String operator, String name, UnaryOperator<Long> change) {
    return attribute(operator, name, it -> it.toBuilder().setI(change.apply(it.getI())).build());
  }

  private static NodeFault number(String operator, String name, UnaryOperator<Float> change) {
    return attribute(operator, name, it -> it.toBuilder().setF(change.apply(it.getF())).build());
  }

  private static NodeFault ints(String operator, String name, UnaryOperator<List<Long>> change) {
    return attribute(
        operator,
        name,
        it -> it.toBuilder().clearInts().addAllInts(change.apply(it.getIntsList())).build());
  }

  /** Pads of one axis are [left, right], of two [top, left, bottom, right]. */
  private static List<Long> otherSide(List<Long> pads) {
    return pads.size() == 2
        ? pads.reversed()
        : List.of(pads.get(0), pads.get(3), pads.get(2), pads.get(1));
  }

  private static List<Long> shifted(List<Long> pads) {
    int left = pads.size() / 2 - 1;
    if (pads.get(left) < 1) {
      return pads;
    }
    List<Long> moved = new ArrayList<>(pads);
    moved.set(left, pads.get(left) - 1);
    moved.set(pads.size() - 1, pads.getLast() + 1);
    return moved;
  }

  private static Optional<AttributeProto> find(NodeProto node, String name) {
    return node.getAttributeList().stream().filter(it -> it.getName().equals(name)).findFirst();
  }

  private static Optional<GraphProto> epsilon(GraphProto graph, int index) {
    NodeProto node = graph.getNode(index);
    if (!Set.of("Add", "Max").contains(node.getOpType())) {
      return Optional.empty();
    }
    return Constants.operand(graph, index)
        .filter(operand ->
            Constants.number(graph, node.getInput(operand))
                .filter(value -> value > 0 && value <= LARGEST_EPSILON)
                .isPresent())
        .map(operand -> Constants.scaled(graph, index, operand, 10));
  }

  private static Optional<GraphProto> constant(GraphProto graph, int index) {
    if (!Set.of("Mul", "Div", "Add", "Sub").contains(graph.getNode(index).getOpType())) {
      return Optional.empty();
    }
    return Constants.operand(graph, index)
        .map(operand -> Constants.scaled(graph, index, operand, 1.01f));
  }

  /** One more, with so many more zeros to the left that the length stays. */
  private static Optional<GraphProto> dilation(GraphProto graph, int index) {
    NodeProto node = graph.getNode(index);
    if (!node.getOpType().equals("Conv")) {
      return Optional.empty();
    }
    Optional<Long> kernel = kernel(graph, node).filter(size -> size > 1);
    if (kernel.isEmpty()) {
      return Optional.empty();
    }
    NodeProto.Builder changed = node.toBuilder().clearAttribute();
    boolean known = find(node, "dilations").isPresent();
    int axes = find(node, "pads").map(pads -> pads.getIntsCount() / 2).orElse(1);
    for (AttributeProto attribute : node.getAttributeList()) {
      int last = attribute.getIntsCount() - 1;
      switch (attribute.getName()) {
        case "dilations" ->
            changed.addAttribute(attribute.toBuilder().setInts(last, attribute.getInts(last) + 1));
        case "pads" ->
            changed.addAttribute(
                attribute.toBuilder()
                    .setInts(axes - 1, attribute.getInts(axes - 1) + kernel.get() - 1));
        default -> changed.addAttribute(attribute);
      }
    }
    if (!known) {
      changed.addAttribute(
          AttributeProto.newBuilder()
              .setName("dilations")
              .setType(AttributeProto.AttributeType.INTS)
              .addInts(2));
    }
    return NodeFault.with(graph, index, changed.build());
  }

  private static Optional<Long> kernel(GraphProto graph, NodeProto node) {
    return graph.getInitializerList().stream()
        .filter(tensor -> node.getInputCount() > 1 && tensor.getName().equals(node.getInput(1)))
        .map(tensor -> tensor.getDims(tensor.getDimsCount() - 1))
        .findFirst();
  }

  /** What is outside is as the last frame inside, not zero. */
  private static Optional<GraphProto> edge(GraphProto graph, int index) {
    NodeProto node = graph.getNode(index);
    if (node.getOpType().equals("Pad")) {
      return attribute("Pad", "mode", it -> it.toBuilder().setS(EDGE).build()).in(graph, index);
    }
    Optional<AttributeProto> pads = find(node, "pads");
    if (!node.getOpType().equals("Conv")
        || pads.isEmpty()
        || pads.get().getIntsList().stream().allMatch(pad -> pad == 0)) {
      return Optional.empty();
    }
    String padded = node.getName() + " padded";
    NodeProto.Builder conv = node.toBuilder().setInput(0, padded).clearAttribute();
    node.getAttributeList().stream()
        .filter(it -> !it.getName().equals("pads"))
        .forEach(conv::addAttribute);
    int axes = pads.get().getIntsCount() / 2;
    TensorProto.Builder amounts =
        TensorProto.newBuilder()
            .setName(padded + " by")
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(2L * axes + 4);
    for (int side = 0; side < 2; side++) {
      amounts.addInt64Data(0).addInt64Data(0);
      pads.get()
          .getIntsList()
          .subList(side * axes, (side + 1) * axes)
          .forEach(amounts::addInt64Data);
    }
    NodeProto pad =
        NodeProto.newBuilder()
            .setName(padded)
            .setOpType("Pad")
            .addInput(node.getInput(0))
            .addInput(padded + " by")
            .addOutput(padded)
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("mode")
                    .setType(AttributeProto.AttributeType.STRING)
                    .setS(EDGE))
            .build();
    return Optional.of(
        graph.toBuilder().setNode(index, conv).addNode(index, pad).addInitializer(amounts).build());
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
