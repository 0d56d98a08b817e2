package parity.cosyvoice.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.InPlace;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.file.FileSlice;

/**
 * An ONNX graph under construction. Modules add their nodes and give the output of each PyTorch
 * module its path as a name with {@link #tap}; {@link #build} then makes any of the taps an output.
 *
 * <p>Weights come in as they are in the checkpoint, by reference to the file; what had to be
 * computed first (folded weight norm) stays in the memory of whoever computed it.
 */
public final class Graph {
  /** Opset of the standard operators; the contributed ones of ONNX Runtime are at version 1. */
  private static final int OPSET = 17;

  private static final int IR_VERSION = 8;
  static final String CONTRIB_DOMAIN = "com.microsoft";

  private final Weights weights;
  private final List<NodeProto> nodes = new ArrayList<>();
  private final NodeOwners owners = new NodeOwners(nodes);
  private final Map<String, ValueInfoProto> inputs = new LinkedHashMap<>();
  private final Map<String, TensorProto> initializers = new LinkedHashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, Value> points = new LinkedHashMap<>();
  private final Set<String> taps = new LinkedHashSet<>();
  private final Cuts cuts;
  private final Map<String, Value> named = new LinkedHashMap<>();
  private final Set<Value> results = new LinkedHashSet<>();
  private final Map<String, Value> constants = new HashMap<>();
  private Optional<Path> folder = Optional.empty();
  private int count;

  /** A graph in one piece. */
  public Graph(Weights weights) {
    this(weights, Cuts.NONE);
  }

  /**
   * A graph that is cut at some of its modules: their outputs are computed, but what comes after
   * them is computed from graph inputs in their place, called {@link #given}.
   */
  public Graph(Weights weights, Cuts cuts) {
    this.weights = weights;
    this.cuts = cuts;
  }

  /** Name of the graph input that stands for a tap or an entrance where the graph is cut. */
  public static String given(String name) {
    return "given " + name;
  }

  /** The checkpoint behind this graph, for modules that fold or transform weights themselves. */
  public Weights weights() {
    return weights;
  }

  /**
   * A graph input.
   *
   * @param axes one per axis: a {@link Number} for a fixed size, a {@link String} for a free one
   */
  public Value input(String name, DType dtype, Object... axes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object axis : axes) {
      var dim = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(
          axis instanceof Number n
              ? dim.setDimValue(n.longValue())
              : dim.setDimParam(axis.toString()));
    }
    return input(name, tensorType(dtype).setShape(shape));
  }

  /** A graph input of any shape. */
  private Value anyShape(String name, DType dtype) {
    return input(name, tensorType(dtype));
  }

  private static TypeProto.Tensor.Builder tensorType(DType dtype) {
    return TypeProto.Tensor.newBuilder().setElemType(OnnxTypes.code(dtype).getNumber());
  }

  private Value input(String name, TypeProto.Tensor.Builder type) {
    inputs.put(
        name,
        ValueInfoProto.newBuilder()
            .setName(name)
            .setType(TypeProto.newBuilder().setTensorType(type))
            .build());
    return new Value(name);
  }

  /** A node with one output. */
  public Value node(String operator, List<Value> operands, Attribute... attributes) {
    return nodes(operator, 1, operands, attributes).getFirst();
  }

  /** A node with several outputs. An operand that is {@link #NONE} is left out. */
  public List<Value> nodes(
      String operator, int outputs, List<Value> operands, Attribute... attributes) {
    return add("", operator, outputs, operands, attributes);
  }

  /** A node of one of ONNX Runtime's contributed operators, with one output. */
  public Value contrib(String operator, List<Value> operands, Attribute... attributes) {
    return add(CONTRIB_DOMAIN, operator, 1, operands, attributes).getFirst();
  }

  /** A node of one of ONNX Runtime's contributed operators, with several outputs. */
  public List<Value> contribs(
      String operator, int outputs, List<Value> operands, Attribute... attributes) {
    return add(CONTRIB_DOMAIN, operator, outputs, operands, attributes);
  }

  /** Stands for an optional operand that is not given. */
  public static final Value NONE = new Value("");

  private List<Value> add(
      String domain, String operator, int outputs, List<Value> operands, Attribute... attributes) {
    String name = operator + "_" + count++;
    NodeProto.Builder node =
        NodeProto.newBuilder().setDomain(domain).setOpType(operator).setName(name);
    operands.forEach(operand -> node.addInput(operand.name()));
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      String output = outputs == 1 ? name : name + "." + i;
      node.addOutput(output);
      results.add(new Value(output));
    }
    Arrays.stream(attributes).forEach(attribute -> node.addAttribute(attribute.proto()));
    nodes.add(node.build());
    return results;
  }

  /** A weight of the checkpoint, in place where the file has it as the graph needs it. */
  public Value weight(String name) {
    return weight(name, name, weights.get(name));
  }

  /** The same bytes under other axes. */
  public Value weightAs(String name, long... dims) {
    Tensor tensor = weights.get(name).reshape(dims);
    return weight(name + " as " + tensor.shape(), name, tensor);
  }

  private Value weight(String initializer, String name, Tensor tensor) {
    if (!initializers.containsKey(initializer)) {
      Optional<FileSlice> slice = weights.slice(name);
      if (slice.isPresent()) {
        initializers.put(initializer, inFile(initializer, tensor, slice.get()));
      } else {
        tensor(initializer, tensor);
      }
    }
    return new Value(initializer);
  }

  /**
   * The same, once it has proved to be float32 of the given shape.
   *
   * @throws parity.tensors.BadInputException if it is not
   */
  public Value weight(String name, long... dims) {
    weights.expect(name, dims);
    return weight(name);
  }

  /**
   * A weight in its file, named by the file's real path: ONNX Runtime follows links, and refuses
   * what is then outside the folder that it is told, as in the cache of the Hugging Face hub.
   */
  private TensorProto inFile(String name, Tensor tensor, FileSlice slice) {
    Path file = real(slice.file());
    Path parent = file.getParent();
    if (folder.isPresent() && !folder.get().equals(parent)) {
      throw new IllegalStateException("weights of one graph in two folders");
    }
    folder = Optional.ofNullable(parent);
    return header(name, tensor)
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", file.getFileName().toString()))
        .addExternalData(entry("offset", Long.toString(slice.offset())))
        .addExternalData(entry("length", Long.toString(slice.length())))
        .build();
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new BadInputException(
          "%s: cannot be found any more (%s); give the folder of a whole release"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /**
   * A weight in memory off the heap, handed to ONNX Runtime without a copy; it must stay open as
   * long as sessions of this graph do.
   */
  public Value tensor(String name, Tensor tensor) {
    initializers.put(
        name,
        header(name, tensor)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", "memory"))
            .build());
    tensors.put(name, tensor);
    return new Value(name);
  }

  private static TensorProto.Builder header(String name, Tensor tensor) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(OnnxTypes.code(tensor.dtype()).getNumber())
        .addAllDims(Arrays.stream(tensor.shape().dims()).boxed().toList());
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  /** A float32 scalar. */
  public Value scalar(float value) {
    return constant("f" + value, Tensor.ofFloats(Shape.of(), value));
  }

  /** A float64 scalar. */
  public Value scalar(double value) {
    return constant("d" + value, Tensor.ofDoubles(Shape.of(), value));
  }

  /** An int64 scalar, as the index of {@code Gather}. */
  public Value integer(long value) {
    Tensor tensor = Tensor.of(DType.I64, Shape.of(), MemorySegment.ofArray(new long[] {value}));
    return constant("i" + value, tensor);
  }

  /** A vector of int64, as the shape-like operands of many operators are. */
  public Value longs(long... values) {
    Tensor tensor = Tensor.of(DType.I64, Shape.of(values.length), MemorySegment.ofArray(values));
    return constant("l" + Arrays.toString(values), tensor);
  }

  /** A small tensor that is kept inside the graph; the same key gives the same value. */
  public Value constant(String key, Tensor tensor) {
    return constants.computeIfAbsent(
        key,
        k -> {
          String name = "constant_" + constants.size();
          byte[] bytes = tensor.data().toArray(ValueLayout.JAVA_BYTE);
          initializers.put(
              name, header(name, tensor).setRawData(ByteString.copyFrom(bytes)).build());
          return new Value(name);
        });
  }

  /**
   * Gives a module's output the module's path as its name.
   *
   * @return the same value; or, where the graph is cut there, the one that is given for it
   */
  public Value tap(String path, Value value) {
    taps.add(path);
    return point(path, value);
  }

  /**
   * Gives a module's input the name {@code path:parameter}, for those that are no module's output.
   *
   * @param parameter what {@code forward} calls it
   * @return the same value; or, where the graph is cut there, the one that is given for it
   */
  public Value enter(String path, String parameter, Value value) {
    return point(path + ":" + parameter, value);
  }

  private Value point(String name, Value value) {
    if (points.putIfAbsent(name, value) != null) {
      throw new IllegalStateException("two values are called " + name);
    }
    owners.claim(name, value);
    return isCutAt(name) ? anyShape(given(name), cuts.dtype()) : value;
  }

  /** Whether what comes after that tap or entrance is computed from what is given for it. */
  public boolean isCutAt(String name) {
    return cuts.at().test(name);
  }

  /**
   * Makes a value an output of every model that is built, under its own name and without the copy
   * that a tap costs: what the graph is run for, and state that the next run reads again.
   */
  public Value output(Value value) {
    results.add(value);
    return value;
  }

  /** Gives a value a name by which {@link #build} makes it an output; it is nobody's tap. */
  public void name(String name, Value value) {
    named.put(name, value);
  }

  /** Names of all taps in the order in which the modules returned: children before parents. */
  public List<String> taps() {
    return List.copyOf(taps);
  }

  /** Names of all taps and entrances in the order of execution. */
  public List<String> points() {
    return List.copyOf(points.keySet());
  }

  /**
   * The finished model with the given taps and entrances as outputs beside those of {@link
   * #output}; nodes that no output needs are dropped by ONNX Runtime.
   */
  public Model build(Collection<String> outputs) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("parity");
    inputs.values().forEach(graph::addInput);
    initializers.values().forEach(graph::addInitializer);
    owners.named().forEach(graph::addNode);
    results.forEach(value -> graph.addOutput(ValueInfoProto.newBuilder().setName(value.name())));
    for (String output : outputs) {
      Value value = points.getOrDefault(output, named.get(output));
      if (value == null) {
        throw new IllegalArgumentException("no module called " + output);
      }
      graph.addNode(
          NodeProto.newBuilder()
              .setOpType("Identity")
              .setName("tap " + output)
              .addInput(value.name())
              .addOutput(output));
      graph.addOutput(ValueInfoProto.newBuilder().setName(output));
    }
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(CONTRIB_DOMAIN).setVersion(1))
            .setGraph(graph)
            .build();
    return new Model(
        model, folder, Collections.unmodifiableMap(new LinkedHashMap<>(tensors)), weights);
  }

  /**
   * A finished graph.
   *
   * @param proto the ONNX protobuf message
   * @param folder where the files stand that hold its weights, if any do
   * @param tensors weights that are in memory or on a mapped file, by name
   * @param source whose weights these are; looked at before and after each run
   */
  public record Model(
      ModelProto proto, Optional<Path> folder, Map<String, Tensor> tensors, InPlace source) {}
}
