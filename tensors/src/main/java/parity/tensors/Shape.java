package parity.tensors;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Sizes of a tensor's axes, outermost first. Immutable; rank 0 is a scalar with one element, and an
 * axis of size zero makes an empty tensor.
 */
public final class Shape {
  /** As many axes as PyTorch and NumPy can have. */
  public static final int MAX_RANK = 64;

  private final long[] dims;
  private final long elements;

  private Shape(long[] dims) {
    if (dims.length > MAX_RANK) {
      throw new IllegalArgumentException(
          "shape of " + dims.length + " axes; at most " + MAX_RANK + " are possible");
    }
    this.dims = dims;
    long product = 1;
    boolean empty = false;
    for (long dim : dims) {
      if (dim < 0) {
        throw new IllegalArgumentException("axis of negative size " + dim + " in " + format(dims));
      }
      empty |= dim == 0;
    }
    if (!empty) {
      for (long dim : dims) {
        try {
          product = Math.multiplyExact(product, dim);
        } catch (ArithmeticException e) {
          throw new IllegalArgumentException(
              "shape " + format(dims) + " has more elements than a long can count", e);
        }
      }
    }
    this.elements = empty ? 0 : product;
  }

  /**
   * A shape of the given axes.
   *
   * @throws IllegalArgumentException if an axis is negative, there are more than {@link #MAX_RANK}
   *     of them, or the number of elements overflows
   */
  public static Shape of(long... dims) {
    return new Shape(dims.clone());
  }

  /** Number of axes. */
  public int rank() {
    return dims.length;
  }

  /** Size of axis {@code axis}; a negative axis counts from the last, as in PyTorch. */
  public long dim(int axis) {
    return dims[axis < 0 ? axis + dims.length : axis];
  }

  /** Product of all axes; 1 for rank 0. */
  public long elements() {
    return elements;
  }

  /** A copy of the axes. */
  public long[] dims() {
    return dims.clone();
  }

  /** Elements to step over for one step along each axis of a contiguous, row-major tensor. */
  public long[] strides() {
    long[] strides = new long[dims.length];
    long step = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step *= Math.max(dims[axis], 1);
    }
    return strides;
  }

  /**
   * Where element {@code flat} of a row-major tensor stands, e.g. for a message: {@code [0, 7, 3]}.
   */
  public String index(long flat) {
    long[] strides = strides();
    long[] at = new long[dims.length];
    for (int axis = 0; axis < dims.length; axis++) {
      at[axis] = flat / strides[axis];
      flat %= strides[axis];
    }
    return format(at);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** As PyTorch prints it: {@code [1, 80, 15000]}. */
  @Override
  public String toString() {
    return format(dims);
  }

  private static String format(long[] values) {
    return Arrays.stream(values)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
