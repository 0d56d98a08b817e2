package parity.harness.mutation;

import static parity.harness.mutation.NodeEdits.attribute;
import static parity.harness.mutation.NodeEdits.find;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ways to spoil a convolution: where its zeros are, and how far it reaches. */
final class ConvolutionFaults {
  private static final ByteString EDGE = ByteString.copyFromUtf8("edge");

  private ConvolutionFaults() {}

  /** Pads of one axis are [left, right], of two [top, left, bottom, right]. */
  static List<Long> otherSide(List<Long> pads) {
    return pads.size() == 2
        ? pads.reversed()
        : List.of(pads.get(0), pads.get(3), pads.get(2), pads.get(1));
  }

  static List<Long> shifted(List<Long> pads) {
    int left = pads.size() / 2 - 1;
    if (pads.get(left) < 1) {
      return pads;
    }
    List<Long> moved = new ArrayList<>(pads);
    moved.set(left, pads.get(left) - 1);
    moved.set(pads.size() - 1, pads.getLast() + 1);
    return moved;
  }

  /** One more, with so many more zeros to the left that the length stays. */
  static Optional<GraphProto> dilation(GraphProto graph, int index) {
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
  static Optional<GraphProto> edge(GraphProto graph, int index) {
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
}
