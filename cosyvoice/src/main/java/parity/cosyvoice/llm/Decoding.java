package parity.cosyvoice.llm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import parity.cosyvoice.tap.Watch;
import parity.cosyvoice.tap.WatchedGraph;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * One utterance on its way through the language model: the prompt, then one step a token. For one
 * thread at a time; closing it frees its cache.
 */
public final class Decoding implements AutoCloseable {
  private final LlmGraph graph;
  private final WatchedGraph watched;
  private final LlmInput input;
  private final Arena arena = Arena.ofShared();
  private final KvCache cache;
  private final Tensor logp;
  private Watch watch;

  Decoding(LlmGraph graph, WatchedGraph watched, LlmInput input, Watch watch, long capacity) {
    this.graph = graph;
    this.watched = watched;
    this.input = input;
    this.watch = watch;
    cache = new KvCache(graph.ports(), graph.qwen(), capacity);
    logp = Tensor.allocate(DType.F32, Shape.of(1, graph.speechTokens()), arena);
  }

  void start(LlmPrompt prompt) {
    try (Arena step = Arena.ofConfined()) {
      run(input.of(prompt, watch, step), step);
    }
  }

  /**
   * Continues after {@code token}.
   *
   * @throws parity.tensors.BadInputException if the model has no such token
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
    watched.run(inputs, outputs, watch, step);
    watch = watch.ofCall(watch.call() + 1);
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
    cache.close();
    arena.close();
  }
}
