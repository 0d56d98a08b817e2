package parity.compare.noise;

import parity.tensors.Shape;

/**
 * Elements that share a range of places along one axis: a frame, a channel, a batch row, or a run
 * of them where one alone would hold too few elements to measure a noise.
 *
 * @param axis of the tensor, outermost 0
 * @param from first place along it
 * @param to last place along it, inclusive
 */
public record Group(Shape shape, int axis, long from, long to) {
  /** For messages: {@code axis 1 of [1, 80, 162] at 7}. */
  @Override
  public String toString() {
    return "axis " + axis + " of " + shape + " at " + from + (to == from ? "" : " to " + to);
  }
}
