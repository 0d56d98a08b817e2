package parity.cosyvoice.llm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import parity.cosyvoice.model.TapSink;
import parity.cosyvoice.onnx.Session;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * One utterance on its way through the language model: the prompt, then one step a token. For one
 * thread at a time; closing it frees its cache.
 */
public final class Decoding implements AutoCloseable {
  private final LlmGraph graph;
  private final LlmInput input;
  private final Session session;
  private final TapSink sink;
  private final List<String> taps;
  private final Arena arena = Arena.ofShared();
  private final KvCache cache;
  private final Tensor logp;
  private int call;

  Decoding(
      LlmGraph graph,
      LlmInput input,
      Session session,
      List<String> taps,
      TapSink sink,
      long capacity) {
    this.graph = graph;
    this.input = input;
    this.session = session;
    this.taps = taps;
    this.sink = sink;
    cache = new KvCache(graph.ports(), graph.qwen(), capacity, arena);
    logp = Tensor.allocate(DType.F32, Shape.of(1, graph.speechTokens()), arena);
  }

  void start(LlmPrompt prompt) {
    try (Arena step = Arena.ofConfined()) {
      run(input.of(prompt, sink, step), step);
    }
  }

  /**
   * Continues after {@code token}.
   *
   * @throws parity.tensors.BadInput if the model has no such token
   */
  public void next(int token) {
    try (Arena step = Arena.ofConfined()) {
      run(input.of(token, step), step);
    }
  }

  private void run(Tensor embeds, Arena step) {
    long past = cache.length();
    long length = embeds.shape().dim(1);
    cache.extend(length);
    Map<String, Tensor> inputs = new LinkedHashMap<>(cache.inputs());
    inputs.put(LlmGraph.EMBEDS, embeds);
    inputs.put(LlmGraph.POSITIONS, positions(past, length));
    Map<String, Tensor> outputs = new LinkedHashMap<>(cache.outputs());
    outputs.put(graph.logp(), logp);
    Set<String> wanted = new LinkedHashSet<>(taps);
    wanted.removeIf(path -> !sink.wants(LlmGraph.PREFIX + path, call));
    session
        .run(inputs, wanted, outputs, step)
        .forEach((path, tensor) -> sink.accept(LlmGraph.PREFIX + path, call, tensor));
    call++;
  }

  private static Tensor positions(long first, long count) {
    long[] positions = LongStream.range(first, first + count).toArray();
    return Tensor.of(DType.I64, Shape.of(count), MemorySegment.ofArray(positions));
  }

  /**
   * Log-probabilities of the token that follows, [1, speech tokens]; the same memory after every
   * step, until this is closed.
   */
  public Tensor logp() {
    return logp;
  }

  @Override
  public void close() {
    arena.close();
  }
}
