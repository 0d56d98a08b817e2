package parity.cosyvoice.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import parity.tensors.BadInputException;
import parity.tensors.InPlace;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** A graph that is ready to run on the CPU. Usable from several threads; closed by its owner. */
public final class Session implements AutoCloseable {
  private final OrtSession session;
  private final List<OnnxTensor> weights;
  private final Optional<Path> file;
  private final InPlace source;

  private Session(
      OrtSession session, List<OnnxTensor> weights, Optional<Path> file, InPlace source) {
    this.session = session;
    this.weights = weights;
    this.file = file;
    this.source = source;
  }

  /** What ONNX Runtime may do with the weights of a graph. */
  public enum Packing {
    /** Rearrange them in memory of its own, which is fastest where many rows are multiplied. */
    PACKED,
    /** Use them where they are: no second copy, and fastest for the product with one row. */
    IN_PLACE
  }

  /** What becomes of the memory that held a run's values. */
  public enum Scratch {
    /** It waits for the next run, which is fastest. */
    KEPT,
    /** It is given back, for sessions of which there are many. */
    FREED
  }

  /**
   * Makes a graph of ours ready.
   *
   * @param threads how many threads compute one node
   * @throws RefusedException if ONNX Runtime does not take it
   */
  public static Session of(Graph.Model model, int threads) {
    return of(model, threads, Packing.PACKED);
  }

  /** Makes a graph of ours ready, with a choice of what becomes of its weights. */
  public static Session of(Graph.Model model, int threads, Packing packing) {
    return of(model, threads, packing, Scratch.KEPT);
  }

  /** The same, with a choice of what becomes of the memory in which it computes. */
  public static Session of(Graph.Model model, int threads, Packing packing, Scratch scratch) {
    return InPlace.during(List.of(model.source()), () -> opened(model, threads, packing, scratch));
  }

  private static Session opened(Graph.Model model, int threads, Packing packing, Scratch scratch) {
    List<OnnxTensor> weights = new ArrayList<>();
    try (SessionOptions options = options(threads)) {
      options.setCPUArenaAllocator(scratch == Scratch.KEPT);
      if (packing == Packing.IN_PLACE) {
        options.addConfigEntry("session.disable_prepacking", "1");
      }
      if (model.folder().isPresent()) {
        options.addConfigEntry(
            "session.model_external_initializers_file_folder_path",
            model.folder().get().toString());
      }
      Map<String, OnnxTensorLike> external = new LinkedHashMap<>();
      for (Map.Entry<String, Tensor> entry : model.tensors().entrySet()) {
        OnnxTensor tensor = onnx(entry.getValue());
        weights.add(tensor);
        external.put(entry.getKey(), tensor);
      }
      if (!external.isEmpty()) {
        options.addExternalInitializers(external);
      }
      return new Session(
          OnnxRuntime.environment().createSession(model.proto().toByteArray(), options),
          weights,
          Optional.empty(),
          model.source());
    } catch (OrtException e) {
      weights.forEach(OnnxTensor::close);
      throw new RefusedException("ONNX Runtime refused a graph: " + e.getMessage(), e);
    }
  }

  /**
   * Opens an ONNX file.
   *
   * @throws BadInputException if there is no such file, or ONNX Runtime cannot read it
   */
  public static Session open(Path file, int threads) {
    if (!Files.isRegularFile(file)) {
      String found = Files.exists(file) ? "not a file" : "no such file";
      throw new BadInputException(file + ": " + found + ", expected an ONNX model; copy it there");
    }
    try (SessionOptions options = options(threads)) {
      return new Session(
          OnnxRuntime.environment().createSession(file.toString(), options),
          List.of(),
          Optional.of(file),
          InPlace.NOTHING);
    } catch (OrtException e) {
      throw new BadInputException(
          file + ": not a model that ONNX Runtime can read (" + reason(e) + "); copy it again", e);
    }
  }

  /** Which ONNX Runtime computes. */
  public static String runtimeVersion() {
    return OnnxRuntime.environment().getVersion();
  }

  private static String reason(OrtException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static SessionOptions options(int threads) throws OrtException {
    ProcessCommandLine.requireShort();
    OnnxRuntime.environment();
    SessionOptions options = new SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    return options;
  }

  /** Names of the graph's inputs in order. */
  public List<String> inputs() {
    return List.copyOf(session.getInputNames());
  }

  /** Names of the graph's outputs in order. */
  public List<String> outputs() {
    return List.copyOf(session.getOutputNames());
  }

  /** The graph's inputs in order, with their types and shapes. */
  public List<Port> inputPorts() {
    try {
      return session.getInputInfo().values().stream().map(Session::port).toList();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime has no inputs: " + e.getMessage(), e);
    }
  }

  /** The graph's outputs in order, with their types and shapes. */
  public List<Port> outputPorts() {
    try {
      return session.getOutputInfo().values().stream().map(Session::port).toList();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime has no outputs: " + e.getMessage(), e);
    }
  }

  private static Port port(NodeInfo node) {
    return node.getInfo() instanceof TensorInfo tensor
        ? new Port(
            node.getName(),
            tensor.type.toString(),
            Arrays.stream(tensor.getShape()).boxed().toList())
        : new Port(node.getName(), node.getInfo().getClass().getSimpleName(), List.of());
  }

  /**
   * Runs the graph.
   *
   * @param outputs which outputs to compute and return
   * @param arena where the returned tensors live
   * @throws BadInputException if the graph came from a file and cannot compute what it declares
   * @throws RefusedException if it was written here and ONNX Runtime stops in it
   */
  public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs, Arena arena) {
    return run(inputs, outputs, Map.of(), arena);
  }

  /**
   * Runs the graph.
   *
   * @param outputs which outputs to compute and return
   * @param state outputs to be computed into tensors that the caller has, off the heap and of the
   *     very shape; an input may be given the same tensor, so that an operator that allows for it
   *     changes it in place
   * @param arena where the returned tensors live
   * @throws BadInputException if the file with the weights is no longer the one that was opened
   */
  public Map<String, Tensor> run(
      Map<String, Tensor> inputs, Set<String> outputs, Map<String, Tensor> state, Arena arena) {
    return InPlace.during(List.of(source), () -> computed(inputs, outputs, state, arena));
  }

  private Map<String, Tensor> computed(
      Map<String, Tensor> inputs, Set<String> outputs, Map<String, Tensor> state, Arena arena) {
    Map<String, OnnxTensor> fed = new LinkedHashMap<>();
    Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, Tensor> entry : inputs.entrySet()) {
        fed.put(entry.getKey(), onnx(entry.getValue()));
      }
      for (Map.Entry<String, Tensor> entry : state.entrySet()) {
        if (!entry.getValue().data().isNative()) {
          throw new IllegalArgumentException(entry.getKey() + " is on the heap");
        }
        pinned.put(entry.getKey(), onnx(entry.getValue()));
      }
      try (OrtSession.Result result = session.run(fed, outputs, pinned)) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String output : outputs) {
          tensors.put(output, copy((OnnxTensor) result.get(output).orElseThrow(), arena));
        }
        return tensors;
      }
    } catch (OrtException e) {
      throw file.<RuntimeException>map(path ->
              new BadInputException(
                  path + ": ONNX Runtime stopped in this model: " + reason(e) + "; copy it again",
                  e))
          .orElseGet(() -> new RefusedException("ONNX Runtime stopped: " + e.getMessage(), e));
    } finally {
      fed.values().forEach(OnnxTensor::close);
      pinned.values().forEach(OnnxTensor::close);
    }
  }

  /** Runs the graph for one of its outputs. */
  public Tensor run(Map<String, Tensor> inputs, String output, Arena arena) {
    return Objects.requireNonNull(run(inputs, Set.of(output), arena).get(output));
  }

  private static OnnxTensor onnx(Tensor tensor) throws OrtException {
    MemorySegment data = tensor.data();
    ByteBuffer buffer;
    if (data.isNative() && data.byteSize() > 0) {
      buffer = data.asByteBuffer().order(ByteOrder.nativeOrder());
    } else {
      buffer =
          ByteBuffer.allocateDirect(Math.toIntExact(data.byteSize()))
              .order(ByteOrder.nativeOrder());
      MemorySegment.ofBuffer(buffer).copyFrom(data);
    }
    return OnnxTensor.createTensor(
        OnnxRuntime.environment(),
        buffer,
        tensor.shape().dims(),
        OnnxTypes.javaType(tensor.dtype()));
  }

  private static Tensor copy(OnnxTensor tensor, Arena arena) {
    Tensor copy =
        Tensor.allocate(
            OnnxTypes.dtype(tensor.getInfo().type), Shape.of(tensor.getInfo().getShape()), arena);
    copy.data().copyFrom(MemorySegment.ofBuffer(tensor.getByteBuffer()));
    return copy;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime did not close: " + e.getMessage(), e);
    } finally {
      weights.forEach(OnnxTensor::close);
    }
  }
}
