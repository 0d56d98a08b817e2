package parity.cosyvoice.llm;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.Map;
import parity.cosyvoice.llm.qwen2.CachePorts;
import parity.cosyvoice.llm.qwen2.Qwen2Config;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * Keys and values of all positions so far, in memory with room for more: a step writes its own
 * behind them and copies none. Where there is no room left it doubles, as most speech ends long
 * before it may.
 */
final class KvCache implements AutoCloseable {
  /** So many positions there is room for at first, beside those of the first run. */
  private static final long ROOM = 256;

  private final CachePorts ports;
  private final Qwen2Config config;
  private final long most;
  private Room room;
  private long length;

  /**
   * An empty one.
   *
   * @param most greatest number of positions
   */
  KvCache(CachePorts ports, Qwen2Config config, long most) {
    this.ports = ports;
    this.config = config;
    this.most = most;
    room = new Room(ports, config, 0);
  }

  /** Number of positions that it holds. */
  long length() {
    return length;
  }

  /** Makes {@code positions} more count as held; the next run must write them. */
  void extend(long positions) {
    if (length + positions > most) {
      throw new IllegalStateException(
          "a cache of %d positions holds %d: no room for %d".formatted(most, length, positions));
    }
    if (length + positions > room.capacity) {
      grow(Math.min(most, length + positions + Math.max(length, ROOM)));
    }
    length += positions;
  }

  private void grow(long capacity) {
    Room larger = new Room(ports, config, capacity);
    try (Room smaller = room) {
      larger.copy(smaller, config, length);
    }
    room = larger;
  }

  /** What the graph reads: the cache, and how far it is filled. */
  Map<String, Tensor> inputs() {
    Map<String, Tensor> all = new LinkedHashMap<>(room.inputs);
    int total = Math.toIntExact(length);
    all.put(CachePorts.LAST, Tensor.ofInts(Shape.of(1), total - 1));
    all.put(CachePorts.TOTAL, Tensor.ofInts(Shape.of(), total));
    return all;
  }

  /** Where the graph writes what the cache becomes: the same memory. */
  Map<String, Tensor> outputs() {
    return room.outputs;
  }

  @Override
  public void close() {
    room.close();
  }

  /** The memory of all layers. */
  private static final class Room implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final long capacity;
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private final Map<String, Tensor> outputs = new LinkedHashMap<>();

    Room(CachePorts ports, Qwen2Config config, long capacity) {
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

    /** Takes over the first positions, head by head: they lie behind one another in each. */
    void copy(Room from, Qwen2Config config, long positions) {
      long bytes = (long) config.headDim() * Float.BYTES;
      inputs.forEach((name, tensor) -> {
        Tensor before = requireNonNull(from.inputs.get(name));
        for (long head = 0; head < config.numKeyValueHeads(); head++) {
          tensor
              .data()
              .asSlice(head * capacity * bytes, positions * bytes)
              .copyFrom(before.data().asSlice(head * from.capacity * bytes, positions * bytes));
        }
      });
    }

    @Override
    public void close() {
      arena.close();
    }
  }
}
