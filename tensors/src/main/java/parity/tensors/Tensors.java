package parity.tensors;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Tensors made of others by moving numbers, as PyTorch's functions of the same names do: whatever
 * the element type, and with nothing computed.
 *
 * <p>An axis counts from 0, or from -1 backwards.
 */
public final class Tensors {
  private Tensors() {}

  /**
   * Steps {@code start} to {@code start + length} of an axis, in memory of their own.
   *
   * @param x [..., n, ...]
   * @return [..., length, ...]
   * @throws IndexOutOfBoundsException if x has no such steps
   */
  public static Tensor narrow(Tensor x, int axis, long start, long length, Arena arena) {
    int at = axis(x, axis);
    Tensor part = Tensor.allocate(x.dtype(), resized(x, at, length), arena);
    copy(x, start, part, 0, length, at);
    return part;
  }

  /**
   * The first {@code length} steps of an axis, in x's own memory.
   *
   * @param x [1, ..., 1, n, ...]: every axis before this one has one step
   * @return [1, ..., 1, length, ...]
   * @throws IndexOutOfBoundsException if x has fewer
   */
  public static Tensor head(Tensor x, int axis, long length) {
    return slice(x, axis, 0, length);
  }

  /**
   * Steps {@code start} to {@code start + length} of an axis, in x's own memory.
   *
   * @param x [1, ..., 1, n, ...]: every axis before this one has one step
   * @return [1, ..., 1, length, ...]
   * @throws IndexOutOfBoundsException if x has no such steps
   */
  public static Tensor slice(Tensor x, int axis, long start, long length) {
    int at = axis(x, axis);
    if (outer(x, at) != 1) {
      throw new IllegalArgumentException(
          "axis %d of %s: its steps are not one run of memory".formatted(at, x.shape()));
    }
    requireSteps(x, at, start, length);
    long step = x.shape().strides()[at] * x.dtype().bytes();
    return Tensor.of(
        x.dtype(), resized(x, at, length), x.data().asSlice(start * step, length * step));
  }

  /** One row of a matrix [rows, width], in its own memory, as [width]. */
  public static Tensor row(Tensor matrix, long row) {
    Tensor one = slice(matrix, 0, row, 1);
    return one.reshape(matrix.shape().dim(1));
  }

  /**
   * Tensors one behind the other along an axis.
   *
   * @param parts of one type, and of one shape but for the axis
   */
  public static Tensor concat(List<Tensor> parts, int axis, Arena arena) {
    Tensor first = parts.getFirst();
    int at = axis(first, axis);
    long length = parts.stream().mapToLong(part -> part.shape().dim(at)).sum();
    Tensor all = Tensor.allocate(first.dtype(), resized(first, at, length), arena);
    long end = 0;
    for (Tensor part : parts) {
      long count = part.shape().dim(at);
      copy(part, 0, all, end, count, at);
      end += count;
    }
    return all;
  }

  /**
   * Copies steps of an axis into another tensor.
   *
   * @param from [..., n, ...]
   * @param start the first of them
   * @param to of the same type, and of the same shape but for the axis
   * @param at where they go
   * @throws IndexOutOfBoundsException if one of them has no such steps
   * @throws IllegalArgumentException if type or shape are others
   */
  public static void copy(Tensor from, long start, Tensor to, long at, long count, int axis) {
    int along = axis(from, axis);
    if (from.dtype() != to.dtype()
        || !resized(from, along, 0).equals(resized(to, axis(to, axis), 0))) {
      throw new IllegalArgumentException(
          "%s does not go into %s along axis %d".formatted(from, to, along));
    }
    requireSteps(from, along, start, count);
    requireSteps(to, along, at, count);
    long step = inner(from, along) * from.dtype().bytes();
    for (long row = 0; row < outer(from, along); row++) {
      MemorySegment.copy(
          from.data(),
          (row * from.shape().dim(along) + start) * step,
          to.data(),
          (row * to.shape().dim(along) + at) * step,
          count * step);
    }
  }

  private static void requireSteps(Tensor x, int axis, long start, long count) {
    if (start < 0 || count < 0 || count > x.shape().dim(axis) - start) {
      throw new IndexOutOfBoundsException(
          "%d steps from %d on of axis %d of %s".formatted(count, start, axis, x.shape()));
    }
  }

  private static int axis(Tensor x, int axis) {
    return axis < 0 ? axis + x.shape().rank() : axis;
  }

  private static Shape resized(Tensor x, int axis, long length) {
    long[] dims = x.shape().dims();
    dims[axis] = length;
    return Shape.of(dims);
  }

  private static long outer(Tensor x, int axis) {
    long count = 1;
    for (int i = 0; i < axis; i++) {
      count *= x.shape().dim(i);
    }
    return count;
  }

  private static long inner(Tensor x, int axis) {
    long count = 1;
    for (int i = axis + 1; i < x.shape().rank(); i++) {
      count *= x.shape().dim(i);
    }
    return count;
  }
}
