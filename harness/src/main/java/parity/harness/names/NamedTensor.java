package parity.harness.names;

import java.util.Optional;
import java.util.Set;
import parity.tensors.DType;

/**
 * What a names file says of one tensor that the other side has.
 *
 * @param actual its name on the other side
 * @param layout how its axes become the expected ones
 * @param dtype the type that it has there, where that is said of it
 * @param dtypes types that it may have there in the place of the expected one
 */
public record NamedTensor(String actual, Layout layout, Optional<DType> dtype, Set<DType> dtypes) {
  public NamedTensor {
    dtypes = Set.copyOf(dtypes);
  }

  /** Of a tensor that is called the same on both sides, and is the same. */
  static NamedTensor same(String name) {
    return new NamedTensor(name, Layout.SAME, Optional.empty(), Set.of());
  }

  /**
   * Whether it may be of that type, and is converted, where another is expected: no number ever
   * becomes an integer, nor the other way round.
   */
  public boolean converts(DType found, DType expected) {
    return found != expected
        && (dtype.isPresent() || dtypes.contains(found))
        && found.isFloating() == expected.isFloating()
        && found.isComplex() == expected.isComplex();
  }
}
