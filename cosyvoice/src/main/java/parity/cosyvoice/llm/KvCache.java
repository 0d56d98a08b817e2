package parity.cosyvoice.llm;

import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.Map;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * Keys and values of all positions so far, in memory for all that may come: a step writes its own
 * behind them and copies none.
 */
final class KvCache {
  private final long capacity;
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final Map<String, Tensor> outputs = new LinkedHashMap<>();
  private long length;

  /**
   * @param capacity greatest number of positions
   * @param arena what the memory lives as long as
   */
  KvCache(CachePorts ports, Qwen2Config config, long capacity, Arena arena) {
    this.capacity = capacity;
    Shape shape = Shape.of(1, config.numKeyValueHeads(), capacity, config.headDim());
    ports
        .inputOfOutput()
        .forEach((output, input) -> {
          Tensor tensor = Tensor.allocate(DType.F32, shape, arena);
          inputs.put(input, tensor);
          outputs.put(output, tensor);
        });
  }

  /** Number of positions that it holds. */
  long length() {
    return length;
  }

  /** Makes {@code positions} more count as held; the next run must write them. */
  void extend(long positions) {
    if (length + positions > capacity) {
      throw new IllegalStateException(
          "a cache of %d positions holds %d: no room for %d"
              .formatted(capacity, length, positions));
    }
    length += positions;
  }

  /** What the graph reads: the cache, and how far it is filled. */
  Map<String, Tensor> inputs() {
    Map<String, Tensor> all = new LinkedHashMap<>(inputs);
    int total = Math.toIntExact(length);
    all.put(CachePorts.LAST, Tensor.ofInts(Shape.of(1), total - 1));
    all.put(CachePorts.TOTAL, Tensor.ofInts(Shape.of(), total));
    return all;
  }

  /** Where the graph writes what the cache becomes: the same memory. */
  Map<String, Tensor> outputs() {
    return outputs;
  }
}
