package parity.cosyvoice.hift;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import parity.cosyvoice.onnx.Weights;
import parity.cosyvoice.weights.WeightNorm;
import parity.tensors.Tensor;
import parity.tensors.file.FileSlice;

/**
 * The checkpoint with weight norm folded: where a module has none, its weights are those of the
 * file.
 */
final class FoldedWeights implements Weights {
  private static final String WEIGHT = ".weight";

  private final Weights checkpoint;
  private final Arena arena;
  private final Map<String, Tensor> folded = new HashMap<>();

  /**
   * Folds on demand.
   *
   * @param arena owns what is folded
   */
  FoldedWeights(Weights checkpoint, Arena arena) {
    this.checkpoint = checkpoint;
    this.arena = arena;
  }

  @Override
  public Tensor expect(String name, long... dims) {
    if (checkpoint.contains(name) || !name.endsWith(WEIGHT)) {
      return checkpoint.expect(name, dims);
    }
    String module = name.substring(0, name.length() - WEIGHT.length());
    return folded.computeIfAbsent(name, key -> WeightNorm.fold(checkpoint, module, arena, dims));
  }

  /** A tensor of the checkpoint, or one that {@link #expect} has folded before. */
  @Override
  public Tensor get(String name) {
    Tensor tensor = folded.get(name);
    return tensor == null ? checkpoint.get(name) : tensor;
  }

  @Override
  public boolean contains(String name) {
    return folded.containsKey(name) || checkpoint.contains(name);
  }

  @Override
  public Optional<FileSlice> slice(String name) {
    return folded.containsKey(name) ? Optional.empty() : checkpoint.slice(name);
  }

  @Override
  public void requireUnchanged() {
    checkpoint.requireUnchanged();
  }

  @Override
  public String source() {
    return checkpoint.source();
  }
}
