package parity.tensors;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A tensor laid over a run of elements: element (i, j, ...) is number {@code offset + i *
 * strides[0] + j * strides[1] + ...} of them. Views may overlap themselves, as PyTorch's may.
 */
public record StridedView(Shape shape, long offset, List<Long> strides) {
  /** The number of elements that the view needs under it, from the first one on. */
  public long reach() {
    if (shape.elements() == 0) {
      return offset;
    }
    long last = offset;
    for (int axis = 0; axis < shape.rank(); axis++) {
      last = Math.addExact(last, Math.multiplyExact(shape.dim(axis) - 1, strides.get(axis)));
    }
    return Math.addExact(last, 1);
  }

  /** Whether the elements stand one after another, row-major; axes of one step have any stride. */
  public boolean isContiguous() {
    long[] dense = shape.strides();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (shape.dim(axis) > 1 && strides.get(axis) != dense[axis]) {
        return shape.elements() == 0;
      }
    }
    return true;
  }

  /**
   * Copies the elements, row-major.
   *
   * @param from what the view lies over
   * @param to {@code shape().elements() * width} bytes
   * @param width bytes of one element
   */
  public void copy(MemorySegment from, MemorySegment to, int width) {
    int inner = shape.rank() - 1;
    long row = shape.dim(inner);
    long[] at = new long[inner];
    long source = offset;
    for (long done = 0; done < shape.elements(); done += row) {
      copyRow(from, source, to, done, row, strides.get(inner), width);
      for (int axis = inner - 1; axis >= 0; axis--) {
        source += strides.get(axis);
        if (++at[axis] < shape.dim(axis)) {
          break;
        }
        source -= at[axis] * strides.get(axis);
        at[axis] = 0;
      }
    }
  }

  private static void copyRow(
      MemorySegment from,
      long source,
      MemorySegment to,
      long done,
      long row,
      long step,
      int width) {
    if (step == 1) {
      MemorySegment.copy(from, source * width, to, done * width, row * width);
      return;
    }
    for (long i = 0; i < row; i++) {
      MemorySegment.copy(from, (source + i * step) * width, to, (done + i) * width, width);
    }
  }
}
