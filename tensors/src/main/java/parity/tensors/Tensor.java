package parity.tensors;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A contiguous, row-major, little-endian tensor on a memory segment, most often a mapped file.
 *
 * <p>A tensor does not own its memory: it is usable until whoever opened the file or the arena
 * closes it, and then throws {@link IllegalStateException}. Element types are never converted in
 * silence: {@link #getFloat} is for float32 alone, and what widens says so.
 */
public final class Tensor {
  private final DType dtype;
  private final Shape shape;
  private final MemorySegment data;

  private Tensor(DType dtype, Shape shape, MemorySegment data) {
    this.dtype = dtype;
    this.shape = shape;
    this.data = data;
  }

  /**
   * A tensor on bytes that somebody else owns.
   *
   * @param data exactly {@code shape.elements() * dtype.bytes()} bytes, of any alignment
   * @throws IllegalArgumentException if the segment has another size
   */
  public static Tensor of(DType dtype, Shape shape, MemorySegment data) {
    long expected = byteSize(dtype, shape);
    if (data.byteSize() != expected) {
      throw new IllegalArgumentException(
          dtype + " " + shape + " takes " + expected + " bytes, not " + data.byteSize());
    }
    return new Tensor(dtype, shape, data);
  }

  /** All zeros, off the heap, 64-byte aligned. */
  public static Tensor allocate(DType dtype, Shape shape, Arena arena) {
    return new Tensor(dtype, shape, arena.allocate(byteSize(dtype, shape), 64));
  }

  /** float32 on the given array, which is shared, not copied. */
  public static Tensor ofFloats(Shape shape, float... values) {
    return of(DType.F32, shape, MemorySegment.ofArray(values));
  }

  /** float64 on the given array, which is shared, not copied. */
  public static Tensor ofDoubles(Shape shape, double... values) {
    return of(DType.F64, shape, MemorySegment.ofArray(values));
  }

  /** int32 on the given array, which is shared, not copied. */
  public static Tensor ofInts(Shape shape, int... values) {
    return of(DType.I32, shape, MemorySegment.ofArray(values));
  }

  private static long byteSize(DType dtype, Shape shape) {
    return Math.multiplyExact(shape.elements(), dtype.bytes());
  }

  public DType dtype() {
    return dtype;
  }

  public Shape shape() {
    return shape;
  }

  /** Number of elements. */
  public long elements() {
    return shape.elements();
  }

  /** The bytes, row-major and little-endian. */
  public MemorySegment data() {
    return data;
  }

  /** The same bytes under another shape of as many elements. */
  public Tensor reshape(long... dims) {
    return of(dtype, Shape.of(dims), data);
  }

  /**
   * The same bytes of a complex tensor as real numbers, [...] to [..., 2]: real part, then
   * imaginary part, as {@code torch.view_as_real} has them.
   *
   * @throws IllegalStateException if the tensor is not complex
   */
  public Tensor asReal() {
    if (!dtype.isComplex()) {
      throw new IllegalStateException("tensor is " + dtype + ", not complex");
    }
    long[] dims = Arrays.copyOf(shape.dims(), shape.rank() + 1);
    dims[shape.rank()] = 2;
    return of(dtype == DType.C128 ? DType.F64 : DType.F32, Shape.of(dims), data);
  }

  /** Element {@code index} of a float32 tensor, counted row-major. */
  public float getFloat(long index) {
    require(DType.F32);
    return data.get(Little.FLOAT, index * Float.BYTES);
  }

  public void setFloat(long index, float value) {
    require(DType.F32);
    data.set(Little.FLOAT, index * Float.BYTES, value);
  }

  public void setDouble(long index, double value) {
    require(DType.F64);
    data.set(Little.DOUBLE, index * Double.BYTES, value);
  }

  public void setInt(long index, int value) {
    require(DType.I32);
    data.set(Little.INT, index * Integer.BYTES, value);
  }

  /** Element {@code index} of any floating type, widened without loss. */
  public double getDouble(long index) {
    return switch (dtype) {
      case F64 -> data.get(Little.DOUBLE, index * Double.BYTES);
      case F32 -> data.get(Little.FLOAT, index * Float.BYTES);
      case F16 -> Float.float16ToFloat(data.get(Little.SHORT, index * Short.BYTES));
      case BF16 ->
          Float.intBitsToFloat(
              Short.toUnsignedInt(data.get(Little.SHORT, index * Short.BYTES)) << 16);
      case F8_E4M3 -> Float8.fromE4M3(data.get(Little.BYTE, index));
      case F8_E5M2 -> Float8.fromE5M2(data.get(Little.BYTE, index));
      case F8_E8M0 -> Float8.fromE8M0(data.get(Little.BYTE, index));
      case I64, I32, I16, I8, U64, U32, U16, U8, BOOL, C128, C64 ->
          throw new IllegalStateException("not floating: " + dtype);
    };
  }

  /** The root of the mean square of the elements of any floating type; NaN if there are none. */
  public double rms() {
    double sum = 0;
    for (long i = 0; i < elements(); i++) {
      double value = getDouble(i);
      sum += value * value;
    }
    return Math.sqrt(sum / elements());
  }

  /**
   * Element {@code index} of any integer type or boolean, widened without loss; of {@link
   * DType#U64} the bits, as {@link Long#toUnsignedString} reads them.
   */
  public long getLong(long index) {
    return switch (dtype) {
      case I64, U64 -> data.get(Little.LONG, index * Long.BYTES);
      case I32 -> data.get(Little.INT, index * Integer.BYTES);
      case I16 -> data.get(Little.SHORT, index * Short.BYTES);
      case I8 -> data.get(Little.BYTE, index);
      case U32 -> Integer.toUnsignedLong(data.get(Little.INT, index * Integer.BYTES));
      case U16 -> Short.toUnsignedLong(data.get(Little.SHORT, index * Short.BYTES));
      case U8, BOOL -> Byte.toUnsignedLong(data.get(Little.BYTE, index));
      case F64, F32, F16, BF16, F8_E4M3, F8_E5M2, F8_E8M0, C128, C64 ->
          throw new IllegalStateException("not an integer type: " + dtype);
    };
  }

  /** A copy of a float32 tensor on the heap; for small ones. */
  public float[] toFloats() {
    require(DType.F32);
    return data.toArray(Little.FLOAT);
  }

  /** A copy of an int32 tensor on the heap. */
  public int[] toInts() {
    require(DType.I32);
    return data.toArray(Little.INT);
  }

  private void require(DType wanted) {
    if (dtype != wanted) {
      throw new IllegalStateException("tensor is " + dtype + ", not " + wanted);
    }
  }

  /** For messages: {@code F32 [1, 80]}. */
  @Override
  public String toString() {
    return dtype + " " + shape;
  }
}
