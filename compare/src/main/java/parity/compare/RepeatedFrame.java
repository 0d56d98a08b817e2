package parity.compare;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** A tensor in which one frame is there twice, in place of the frame that follows it. */
public final class RepeatedFrame {
  /** A long axis has so many frames. */
  private static final long FRAMES = 64;

  private final Tensor tensor;
  private final long size;
  private final long width;
  private final long step;

  private RepeatedFrame(Tensor tensor, int axis) {
    this.tensor = tensor;
    this.size = tensor.shape().dim(axis);
    this.width = Math.max(1, size / FRAMES);
    this.step = tensor.shape().strides()[axis];
  }

  /**
   * A copy with the fault, along the longest axis and where the two frames differ most.
   *
   * @param tensor of a floating type
   * @return empty if no frame differs from the one before it
   */
  public static Optional<Tensor> copyOf(Tensor tensor, Arena arena) {
    return tensor.elements() < 2
        ? Optional.empty()
        : new RepeatedFrame(tensor, longest(tensor.shape())).copy(arena);
  }

  private static int longest(Shape shape) {
    int longest = 0;
    for (int axis = 1; axis < shape.rank(); axis++) {
      longest = shape.dim(axis) > shape.dim(longest) ? axis : longest;
    }
    return longest;
  }

  private Optional<Tensor> copy(Arena arena) {
    long place = -1;
    double most = 0;
    for (long at = width; at + width <= size; at += width) {
      double difference = difference(at);
      if (difference > most) {
        most = difference;
        place = at;
      }
    }
    if (place < 0) {
      return Optional.empty();
    }
    Tensor copy = Tensor.allocate(tensor.dtype(), tensor.shape(), arena);
    copy.data().copyFrom(tensor.data());
    long bytes = tensor.data().byteSize() / tensor.elements();
    for (long from = 0; from < tensor.elements(); from += size * step) {
      MemorySegment.copy(
          tensor.data(),
          (from + (place - width) * step) * bytes,
          copy.data(),
          (from + place * step) * bytes,
          width * step * bytes);
    }
    return Optional.of(copy);
  }

  /** Squared distance of the frame from the one before it. */
  private double difference(long at) {
    double sum = 0;
    for (long from = 0; from < tensor.elements(); from += size * step) {
      for (long i = from + at * step; i < from + (at + width) * step; i++) {
        double difference = tensor.getDouble(i) - tensor.getDouble(i - width * step);
        sum += difference * difference;
      }
    }
    return sum;
  }
}
