package parity.cosyvoice.weights;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import parity.cosyvoice.onnx.Weights;
import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.file.FileSlice;

/** Weights of which some are changed: a model with a known fault, to see whether it is found. */
public final class AlteredWeights implements Weights {
  private static final int DROPPED_BITS = 16;

  private final Weights weights;
  private final Predicate<String> which;
  private final Consumer<Tensor> alteration;
  private final Arena arena;
  private final Map<String, Tensor> altered = new HashMap<>();

  /**
   * Changes weights when they are asked for.
   *
   * @param which names of those that are changed, all of them float32
   * @param alteration changes a copy in place
   * @param arena where the copies live
   */
  public AlteredWeights(
      Weights weights, Predicate<String> which, Consumer<Tensor> alteration, Arena arena) {
    this.weights = weights;
    this.which = which;
    this.alteration = alteration;
    this.arena = arena;
  }

  /** Rounds every number to the nearest that bfloat16 has, ties to even. */
  public static void toBfloat16(Tensor tensor) {
    for (long i = 0; i < tensor.elements(); i++) {
      int bits = Float.floatToRawIntBits(tensor.getFloat(i));
      int half = (1 << (DROPPED_BITS - 1)) - 1 + (bits >>> DROPPED_BITS & 1);
      tensor.setFloat(i, Float.intBitsToFloat((bits + half) >>> DROPPED_BITS << DROPPED_BITS));
    }
  }

  /** Adds to the middle number of a matrix' first row a part of that row's rms. */
  public static void nudge(Tensor tensor, double part) {
    long row = tensor.elements() / tensor.shape().dim(0);
    double squares = 0;
    for (long i = 0; i < row; i++) {
      squares += (double) tensor.getFloat(i) * tensor.getFloat(i);
    }
    double step = part * Math.sqrt(squares / row);
    tensor.setFloat(row / 2, (float) (tensor.getFloat(row / 2) + step));
  }

  @Override
  public void requireUnchanged() {
    weights.requireUnchanged();
  }

  @Override
  public Tensor get(String name) {
    Tensor tensor = weights.get(name);
    if (!which.test(name) || tensor.dtype() != DType.F32) {
      return tensor;
    }
    return altered.computeIfAbsent(
        name,
        key -> {
          Tensor copy = Tensor.allocate(DType.F32, tensor.shape(), arena);
          copy.data().copyFrom(tensor.data());
          alteration.accept(copy);
          return copy;
        });
  }

  @Override
  public boolean contains(String name) {
    return weights.contains(name);
  }

  @Override
  public Optional<FileSlice> slice(String name) {
    return which.test(name) ? Optional.empty() : weights.slice(name);
  }

  @Override
  public String source() {
    return weights.source();
  }
}
