package parity.compare.view;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorInfo;

/** A tensor as a comparison reads it: as it stands, or with its axes in another order. */
public final class TensorView {
  private final Tensor tensor;
  private final Shape shape;

  /** Step in the tensor for a step along each axis of the view; empty where they are the same. */
  private final long[] steps;

  private TensorView(Tensor tensor, Shape shape, long[] steps) {
    this.tensor = tensor;
    this.shape = shape;
    this.steps = steps;
  }

  /** The tensor as it stands. */
  public static TensorView of(Tensor tensor) {
    return new TensorView(tensor, tensor.shape(), new long[0]);
  }

  /**
   * The tensor with its axes in another order, as {@code numpy.transpose} does it.
   *
   * @param axes axis i of the view is axis {@code axes[i]} of the tensor
   * @throws IllegalArgumentException unless each axis of the tensor is there once
   */
  public static TensorView of(Tensor tensor, int... axes) {
    int rank = tensor.shape().rank();
    int[] sorted = axes.clone();
    Arrays.sort(sorted);
    int[] order = IntStream.range(0, rank).toArray();
    if (!Arrays.equals(sorted, order)) {
      throw new IllegalArgumentException(
          "axes "
              + Arrays.toString(axes)
              + " are no order of the "
              + rank
              + " axes of "
              + tensor.shape());
    }
    if (Arrays.equals(axes, order)) {
      return of(tensor);
    }
    long[] strides = tensor.shape().strides();
    Shape shape = Shape.of(Arrays.stream(axes).mapToLong(tensor.shape()::dim).toArray());
    return new TensorView(
        tensor, shape, Arrays.stream(axes).mapToLong(axis -> strides[axis]).toArray());
  }

  /** Element type of the tensor. */
  public DType dtype() {
    return tensor.dtype();
  }

  /** The axes in the view's order. */
  public Shape shape() {
    return shape;
  }

  /** Type and shape, for messages. */
  public TensorInfo info() {
    return new TensorInfo(dtype(), shape);
  }

  /** Number of elements. */
  public long elements() {
    return shape.elements();
  }

  /** Whether the elements follow one another in memory. */
  public boolean contiguous() {
    return steps.length == 0;
  }

  /** The tensor behind it. */
  public Tensor tensor() {
    return tensor;
  }

  /** Element {@code flat} of any floating type, counted row-major in the view. */
  public double getDouble(long flat) {
    return tensor.getDouble(place(flat));
  }

  /** Element {@code flat} of any integer type or boolean, counted row-major in the view. */
  public long getLong(long flat) {
    return tensor.getLong(place(flat));
  }

  /**
   * Elements {@code from} to {@code from + count}, widened.
   *
   * @param count at most {@link Widen#CHUNK}
   */
  public void into(long from, double[] buffer, int count, Widen widen) {
    if (contiguous()) {
      widen.into(tensor, from, buffer, count);
      return;
    }
    int last = steps.length - 1;
    long row = shape.dim(last);
    int done = 0;
    while (done < count) {
      long first = place(from + done);
      int run = (int) Math.min(count - done, row - (from + done) % row);
      for (int i = 0; i < run; i++) {
        buffer[done + i] = tensor.getDouble(first + i * steps[last]);
      }
      done += run;
    }
  }

  /** Whether {@link #into(long, float[], int, Widen)} can be asked for. */
  public boolean areFloats() {
    return contiguous() && dtype() != DType.F64;
  }

  /** The same of what is contiguous and no wider than float32. */
  public void into(long from, float[] buffer, int count, Widen widen) {
    widen.into(tensor, from, buffer, count);
  }

  /**
   * A contiguous copy of another type: a floating one is widened or rounded to nearest, an integer
   * one must hold each number.
   *
   * @param dtype F64 or F32 of a floating view, I32 of any other, or the view's own
   * @throws IllegalArgumentException if it is none of these
   * @throws ArithmeticException if a number does not fit
   */
  public Tensor copy(DType dtype, Arena arena) {
    Tensor copy = Tensor.allocate(dtype, shape, arena);
    long width = dtype.bytes();
    for (long at = 0; at < elements(); at++) {
      if (dtype == dtype()) {
        MemorySegment.copy(tensor.data(), place(at) * width, copy.data(), at * width, width);
        continue;
      }
      switch (dtype) {
        case F64 -> copy.setDouble(at, getDouble(at));
        case F32 -> copy.setFloat(at, (float) getDouble(at));
        case I32 -> copy.setInt(at, toInt(getLong(at)));
        case I64,
            F16,
            BF16,
            F8_E4M3,
            F8_E5M2,
            F8_E8M0,
            I16,
            I8,
            U64,
            U32,
            U16,
            U8,
            BOOL,
            C128,
            C64 ->
            throw new IllegalArgumentException(this + " is not converted to " + dtype);
      }
    }
    return copy;
  }

  private int toInt(long bits) {
    if (bits < 0 && dtype() == DType.U64) {
      throw new ArithmeticException("integer overflow");
    }
    return Math.toIntExact(bits);
  }

  /** Where element {@code flat} of the view is in the tensor. */
  private long place(long flat) {
    if (contiguous()) {
      return flat;
    }
    long place = 0;
    long rest = flat;
    for (int axis = steps.length - 1; axis >= 0; axis--) {
      place += rest % shape.dim(axis) * steps[axis];
      rest /= shape.dim(axis);
    }
    return place;
  }

  /** For messages: {@code F32 [1, 80]}. */
  @Override
  public String toString() {
    return info().toString();
  }
}
