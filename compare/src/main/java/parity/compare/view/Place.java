package parity.compare.view;

import parity.tensors.Shape;

/**
 * One element of a tensor, and what both sides have there.
 *
 * @param flat its number, counted row-major
 */
public record Place(long flat, Shape shape, double expected, double actual) {
  public static Place of(long flat, TensorView expected, TensorView actual) {
    return new Place(flat, expected.shape(), expected.getDouble(flat), actual.getDouble(flat));
  }

  /** Where it stands along each axis. */
  public long[] index() {
    long[] index = shape.strides();
    long rest = flat;
    for (int axis = 0; axis < index.length; axis++) {
      long stride = index[axis];
      index[axis] = rest / stride;
      rest %= stride;
    }
    return index;
  }

  /** For messages: {@code at [0, 7, 3] expected 1.5, found 2}. */
  @Override
  public String toString() {
    return "at " + shape.index(flat) + " expected " + expected + ", found " + actual;
  }
}
