package parity.compare;

import parity.tensors.Shape;

/**
 * One element of a tensor, and what both sides have there.
 *
 * @param flat its number, counted row-major
 */
public record Place(long flat, Shape shape, double expected, double actual) {
  /** For messages: {@code at [0, 7, 3] expected 1.5, found 2}. */
  @Override
  public String toString() {
    return "at " + shape.index(flat) + " expected " + expected + ", found " + actual;
  }
}
