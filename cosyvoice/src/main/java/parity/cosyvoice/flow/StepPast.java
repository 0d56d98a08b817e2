package parity.cosyvoice.flow;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import parity.cosyvoice.config.DitConfig;
import parity.cosyvoice.flow.dit.DiT;
import parity.cosyvoice.flow.dit.PastPorts;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.Tensors;

/**
 * What the DiT keeps of the frames of closed blocks at one Euler step: keys and values of every
 * block [B, heads, frames, dimHead], and the convolutions' last inputs [B, dim, kernel - 1].
 */
final class StepPast implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final Map<String, Tensor> tensors = new HashMap<>();
  private final DitConfig config;
  private final PastPorts ports;
  private final long frames;

  /** Of no frames. */
  static StepPast none(DitConfig config, PastPorts ports) {
    StepPast past = new StepPast(config, ports, 0);
    ports.attended().keySet().forEach(name -> past.tensors.put(name, past.attended()));
    ports
        .convolved()
        .forEach((name, kept) -> past.tensors.put(name, past.convolved(kept.frames())));
    return past;
  }

  private StepPast(DitConfig config, PastPorts ports, long frames) {
    this.config = config;
    this.ports = ports;
    this.frames = frames;
  }

  private Tensor attended() {
    Shape shape = Shape.of(DiT.BATCH, config.heads(), frames, config.dimHead());
    return Tensor.allocate(DType.F32, shape, arena);
  }

  private Tensor convolved(long length) {
    return Tensor.allocate(DType.F32, Shape.of(DiT.BATCH, config.dim(), length), arena);
  }

  /** What one of so many frames takes of memory. */
  static long bytes(DitConfig config, PastPorts ports, long frames) {
    long inner = (long) config.heads() * config.dimHead();
    long attended = ports.attended().size() * inner * frames;
    long convolved =
        ports.convolved().values().stream().mapToLong(kept -> config.dim() * kept.frames()).sum();
    return DiT.BATCH * Float.BYTES * (attended + convolved);
  }

  /** What it takes of memory. */
  long bytes() {
    return tensors.values().stream().mapToLong(tensor -> tensor.data().byteSize()).sum();
  }

  /** By the names of the ports. */
  Map<String, Tensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  /** Room for what the graph gives back of so many frames, by the names of its outputs. */
  static Map<String, Tensor> room(DitConfig config, PastPorts ports, long frames, Arena arena) {
    Map<String, Tensor> room = new HashMap<>();
    long inner = (long) config.heads() * config.dimHead();
    for (String output : ports.attended().values()) {
      room.put(output, Tensor.allocate(DType.F32, Shape.of(DiT.BATCH, frames, inner), arena));
    }
    for (PastPorts.Convolved kept : ports.convolved().values()) {
      Shape shape = Shape.of(DiT.BATCH, config.dim(), kept.frames() + frames);
      room.put(kept.output(), Tensor.allocate(DType.F32, shape, arena));
    }
    return room;
  }

  /**
   * This and the first frames of what the graph gave back; this is closed.
   *
   * @param fresh by the names of the graph's outputs
   */
  StepPast and(Map<String, Tensor> fresh, long count) {
    StepPast next = new StepPast(config, ports, frames + count);
    ports
        .attended()
        .forEach((name, output) -> {
          Tensor to = next.attended();
          join(requireNonNull(tensors.get(name)), requireNonNull(fresh.get(output)), to);
          next.tensors.put(name, to);
        });
    ports
        .convolved()
        .forEach((name, kept) -> {
          Tensor to = next.convolved(kept.frames());
          Tensors.copy(
              requireNonNull(fresh.get(kept.output())), count, to, 0, to.shape().dim(2), -1);
          next.tensors.put(name, to);
        });
    close();
    return next;
  }

  /**
   * old [B, heads, past, dimHead] and the first of rows [B, T, heads * dimHead], to fill joined.
   */
  private static void join(Tensor old, Tensor rows, Tensor joined) {
    long batch = joined.shape().dim(0);
    long heads = joined.shape().dim(1);
    long past = old.shape().dim(2);
    long length = joined.shape().dim(2);
    long width = joined.shape().dim(3) * Float.BYTES;
    for (long row = 0; row < batch * heads; row++) {
      MemorySegment.copy(
          old.data(), row * past * width, joined.data(), row * length * width, past * width);
      long first = row / heads * rows.shape().dim(1) * heads + row % heads;
      for (long t = 0; t < length - past; t++) {
        MemorySegment.copy(
            rows.data(),
            (first + t * heads) * width,
            joined.data(),
            (row * length + past + t) * width,
            width);
      }
    }
  }

  /** Frees it. */
  @Override
  public void close() {
    arena.close();
  }
}
