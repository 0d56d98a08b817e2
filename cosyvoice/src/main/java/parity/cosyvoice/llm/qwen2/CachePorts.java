package parity.cosyvoice.llm.qwen2;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;
import parity.tensors.DType;

/** Where keys and values of earlier positions enter the graph, and leave it with the new ones. */
public final class CachePorts {
  public static final String LAST = "seqlens_k";
  public static final String TOTAL = "total_sequence_length";

  private final Graph graph;
  private final Qwen2Config config;
  private final Value last;
  private final Value total;
  private final Map<String, String> inputOfOutput = new LinkedHashMap<>();

  public CachePorts(Graph graph, Qwen2Config config) {
    this.graph = graph;
    last = graph.input(LAST, DType.I32, 1);
    total = graph.input(TOTAL, DType.I32);
    this.config = config;
  }

  private Value input(int layer, String kind) {
    return graph.input(
        "past_key_values." + layer + "." + kind,
        DType.F32,
        1,
        config.numKeyValueHeads(),
        "capacity",
        config.headDim());
  }

  /** The cache of one more layer. */
  Layer layer(int index) {
    return new Layer(this, input(index, "key"), input(index, "value"));
  }

  /** Names of the graph's inputs by those of the outputs that replace them. */
  public Map<String, String> inputOfOutput() {
    return Collections.unmodifiableMap(inputOfOutput);
  }

  /**
   * The cache of one layer.
   *
   * @param key [1, key-value heads, capacity, headDim]
   * @param value [1, key-value heads, capacity, headDim]
   */
  record Layer(CachePorts ports, Value key, Value value) {
    /** Index of the last position, int32 [1]. */
    Value last() {
      return ports.last;
    }

    /** Number of positions, those of this run included, int32 []. */
    Value total() {
      return ports.total;
    }

    /** What the cache holds after this run. */
    void becomes(Value newKey, Value newValue) {
      ports.inputOfOutput.put(ports.graph.output(newKey).name(), key.name());
      ports.inputOfOutput.put(ports.graph.output(newValue).name(), value.name());
    }
  }
}
