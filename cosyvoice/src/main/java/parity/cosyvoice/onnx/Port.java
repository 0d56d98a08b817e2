package parity.cosyvoice.onnx;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An input or output as a model declares it.
 *
 * @param type element type as ONNX Runtime names it, e.g. {@code FLOAT}; or the kind of value where
 *     it is no tensor
 * @param dims sizes of the axes, -1 where the model leaves it open
 */
public record Port(String name, String type, List<Long> dims) {
  /**
   * Whether tensors of this shape fit: same rank, and each size equal or open on either side.
   *
   * @param wanted sizes of the axes, -1 where any will do
   */
  public boolean fits(String type, long... wanted) {
    if (!this.type.equals(type) || dims.size() != wanted.length) {
      return false;
    }
    for (int axis = 0; axis < wanted.length; axis++) {
      long size = dims.get(axis);
      if (size != wanted[axis] && size != -1 && wanted[axis] != -1) {
        return false;
      }
    }
    return true;
  }

  /** For messages: {@code feats FLOAT [1, 128, ?]}. */
  @Override
  public String toString() {
    return dims.stream()
        .map(size -> size < 0 ? "?" : size.toString())
        .collect(Collectors.joining(", ", name + " " + type + " [", "]"));
  }
}
