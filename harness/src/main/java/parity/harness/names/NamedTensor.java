package parity.harness.names;

import java.util.List;
import java.util.Optional;
import parity.tensors.DType;

/**
 * What a names file says of one tensor.
 *
 * @param actual its name on the other side
 * @param axes the order in which the other side's axes are those of the expected tensor; empty if
 *     they are in the same order
 * @param dtype the other side's type, where it may be another than the expected one
 */
public record NamedTensor(String actual, List<Integer> axes, Optional<DType> dtype) {
  public NamedTensor {
    axes = List.copyOf(axes);
  }

  /** Of a tensor that is called the same on both sides. */
  static NamedTensor same(String name) {
    return new NamedTensor(name, List.of(), Optional.empty());
  }
}
