package parity.cosyvoice.llm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;
import parity.tensors.DType;

/** Where keys and values of earlier positions enter the graph, and leave it with the new ones. */
final class CachePorts {
  static final String LAST = "seqlens_k";
  static final String TOTAL = "total_sequence_length";

  private final Graph graph;
  private final Value last;
  private final Value total;
  private final List<Layer> layers = new ArrayList<>();
  private final Map<String, String> inputOfOutput = new LinkedHashMap<>();

  CachePorts(Graph graph, Qwen2Config config) {
    this.graph = graph;
    last = graph.input(LAST, DType.I32, 1);
    total = graph.input(TOTAL, DType.I32);
    for (int i = 0; i < config.numHiddenLayers(); i++) {
      layers.add(new Layer(this, input(i, "key", config), input(i, "value", config)));
    }
  }

  private Value input(int layer, String kind, Qwen2Config config) {
    return graph.input(
        "past_key_values." + layer + "." + kind,
        DType.F32,
        1,
        config.numKeyValueHeads(),
        "capacity",
        config.headDim());
  }

  Layer layer(int index) {
    return layers.get(index);
  }

  /** Names of the graph's inputs by those of the outputs that replace them. */
  Map<String, String> inputOfOutput() {
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
