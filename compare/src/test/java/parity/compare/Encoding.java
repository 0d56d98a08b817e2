package parity.compare;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** All numbers of a floating type in order, or those near one: what rounding to the type does. */
interface Encoding {
  /** The nearest number of the type; the largest one beyond it. */
  double nearest(double value);

  /** The number so many places on in the type; not finite numbers and the ends stay. */
  double neighbour(double value, int places);

  Tensor tensor(double... values);

  double largest();

  int minExponent();

  int maxExponent();

  boolean hasInfinity();

  static Encoding of(DType dtype) {
    return switch (dtype) {
      case F64 -> new Doubles();
      case F32 -> new Floats();
      default -> new Few(dtype);
    };
  }

  /** float64. */
  record Doubles() implements Encoding {
    @Override
    public double nearest(double value) {
      return value;
    }

    @Override
    public double neighbour(double value, int places) {
      return places == 0 || !Double.isFinite(value) || Math.abs(value) == largest()
          ? value
          : places > 0 ? Math.nextUp(value) : Math.nextDown(value);
    }

    @Override
    public Tensor tensor(double... values) {
      return Tensor.ofDoubles(Shape.of(values.length), values);
    }

    @Override
    public double largest() {
      return Double.MAX_VALUE;
    }

    @Override
    public int minExponent() {
      return Double.MIN_EXPONENT;
    }

    @Override
    public int maxExponent() {
      return Double.MAX_EXPONENT;
    }

    @Override
    public boolean hasInfinity() {
      return true;
    }
  }

  /** float32. */
  record Floats() implements Encoding {
    @Override
    public double nearest(double value) {
      return Double.isFinite(value) ? Math.clamp((float) value, -largest(), largest()) : value;
    }

    @Override
    public double neighbour(double value, int places) {
      float single = (float) value;
      return places == 0 || !Double.isFinite(value) || Math.abs(value) == largest()
          ? value
          : places > 0 ? Math.nextUp(single) : Math.nextDown(single);
    }

    @Override
    public Tensor tensor(double... values) {
      float[] floats = new float[values.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) values[i];
      }
      return Tensor.ofFloats(Shape.of(values.length), floats);
    }

    @Override
    public double largest() {
      return Float.MAX_VALUE;
    }

    @Override
    public int minExponent() {
      return Float.MIN_EXPONENT;
    }

    @Override
    public int maxExponent() {
      return Float.MAX_EXPONENT;
    }

    @Override
    public boolean hasInfinity() {
      return true;
    }
  }

  /** A type of at most 16 bits, with all its numbers at hand. */
  final class Few implements Encoding {
    private final DType dtype;
    private final double[] sorted;
    private final int[] codes;
    private final boolean infinity;
    private final Tensor all;
    private final Map<Double, Integer> notFinite = new HashMap<>();

    Few(DType dtype) {
      this.dtype = dtype;
      this.all = tensor(range().toArray());
      ToDoubleFunction<Integer> value = all::getDouble;
      this.infinity = range().anyMatch(i -> Double.isInfinite(all.getDouble(i)));
      this.codes =
          range()
              .filter(i -> Double.isFinite(all.getDouble(i)))
              .boxed()
              .sorted(Comparator.comparingDouble(value))
              .mapToInt(Integer::intValue)
              .toArray();
      this.sorted = Arrays.stream(codes).mapToDouble(all::getDouble).toArray();
    }

    private Tensor tensor(int[] codes) {
      byte[] bytes = new byte[codes.length * dtype.bytes()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (codes[i / dtype.bytes()] >> (i % dtype.bytes() * Byte.SIZE));
      }
      return Tensor.of(dtype, Shape.of(codes.length), MemorySegment.ofArray(bytes));
    }

    private IntStream range() {
      return IntStream.range(0, 1 << (dtype.bytes() * Byte.SIZE));
    }

    private int index(double value) {
      int at = Arrays.binarySearch(sorted, value);
      if (at >= 0) {
        return at;
      }
      int above = Math.clamp(-at - 1, 0, sorted.length - 1);
      int below = Math.max(above - 1, 0);
      return value - sorted[below] < sorted[above] - value ? below : above;
    }

    @Override
    public double nearest(double value) {
      return Double.isFinite(value) ? sorted[index(value)] : value;
    }

    @Override
    public double neighbour(double value, int places) {
      return Double.isFinite(value)
          ? sorted[Math.clamp(index(value) + places, 0, sorted.length - 1)]
          : value;
    }

    @Override
    public Tensor tensor(double... values) {
      return tensor(Arrays.stream(values).mapToInt(this::code).toArray());
    }

    private int code(double value) {
      if (Double.isFinite(value)) {
        return codes[index(value)];
      }
      return notFinite.computeIfAbsent(
          value,
          wanted ->
              range()
                  .filter(i -> Double.compare(all.getDouble(i), wanted) == 0)
                  .findFirst()
                  .orElseThrow());
    }

    @Override
    public double largest() {
      return sorted[sorted.length - 1];
    }

    @Override
    public int minExponent() {
      double smallest = Arrays.stream(sorted).filter(value -> value > 0).min().orElseThrow();
      return Math.getExponent(smallest) + 3;
    }

    @Override
    public int maxExponent() {
      return Math.getExponent(largest());
    }

    @Override
    public boolean hasInfinity() {
      return infinity;
    }
  }
}
