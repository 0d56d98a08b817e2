package parity.cosyvoice.weights;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import parity.tensors.Shape;

/**
 * The {@code state_dict} of a part of upstream's model as its configuration makes it: the name and
 * shape of every parameter and persistent buffer, those that no graph here reads among them.
 *
 * <p>Reference: cli/model.py, {@code CosyVoiceModel.load}, which loads all three with {@code
 * strict=True}.
 */
public final class StateDict {
  private final SortedMap<String, Shape> shapes;
  private final Set<String> weightNormed;
  private final Set<String> unread;

  private StateDict(Builder builder) {
    shapes = Collections.unmodifiableSortedMap(new TreeMap<>(builder.shapes));
    weightNormed = Set.copyOf(builder.weightNormed);
    unread = Set.copyOf(builder.unread);
  }

  /** Shapes by name. */
  public SortedMap<String, Shape> shapes() {
    return shapes;
  }

  /** Whether a graph here reads that tensor. */
  boolean reads(String name) {
    return shapes.containsKey(name) && !unread.contains(name);
  }

  /**
   * What a checkpoint holds, by the names of today: where both halves of a weight norm are called
   * as PyTorch called them before 2.1, they replace what is called as since.
   *
   * <p>Reference: torch/nn/utils/parametrizations.py, {@code _weight_norm_compat_hook}.
   */
  <T> SortedMap<String, T> renamed(Map<String, T> held) {
    SortedMap<String, T> renamed = new TreeMap<>(held);
    for (String module : weightNormed) {
      T norm = held.get(module + WeightNorm.NORM_BEFORE);
      T direction = held.get(module + WeightNorm.DIRECTION_BEFORE);
      if (norm != null && direction != null) {
        renamed.remove(module + WeightNorm.NORM_BEFORE);
        renamed.remove(module + WeightNorm.DIRECTION_BEFORE);
        renamed.put(module + WeightNorm.NORM, norm);
        renamed.put(module + WeightNorm.DIRECTION, direction);
      }
    }
    return renamed;
  }

  /** Collects what the modules have. */
  public static final class Builder {
    private final SortedMap<String, Shape> shapes = new TreeMap<>();
    private final Set<String> weightNormed = new HashSet<>();
    private final Set<String> unread = new HashSet<>();

    /** One tensor. */
    public Builder tensor(String name, long... dims) {
      shapes.put(name, Shape.of(dims));
      return this;
    }

    /** One that only upstream's module has, and nothing reads. */
    public Builder unread(String name, long... dims) {
      unread.add(name);
      return tensor(name, dims);
    }

    /** {@code torch.nn.Linear}. */
    public Builder linear(String path, long in, long out) {
      return tensor(path + ".weight", out, in).tensor(path + ".bias", out);
    }

    /** {@code torch.nn.Conv1d}, of whose input channels each output channel sees {@code in}. */
    public Builder conv1d(String path, long in, long out, long kernel) {
      return tensor(path + ".weight", out, in, kernel).tensor(path + ".bias", out);
    }

    /** {@code torch.nn.utils.parametrizations.weight_norm} of such a convolution. */
    public Builder weightNormConv1d(String path, long in, long out, long kernel) {
      weightNormed.add(path);
      return tensor(path + WeightNorm.NORM, out, 1, 1)
          .tensor(path + WeightNorm.DIRECTION, out, in, kernel)
          .tensor(path + ".bias", out);
    }

    /** All of them. */
    public StateDict build() {
      return new StateDict(this);
    }
  }
}
