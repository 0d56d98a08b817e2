package parity.compare.scan;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import parity.compare.view.Place;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

class MetricsTest {
  private static final Shape FOUR = Shape.of(2, 2);

  @Test
  void measure_knownNumbers_givesEachFigure() {
    Metrics metrics =
        Metrics.measure(Tensor.ofFloats(FOUR, 3, 0, 4, 0), Tensor.ofFloats(FOUR, 3, 1, 4, -2));
    assertThat(metrics.elements()).isEqualTo(4);
    assertThat(metrics.maxAbs()).isEqualTo(2);
    assertThat(metrics.maxAt().orElseThrow()).isEqualTo(new Place(3, FOUR, 0, -2));
    assertThat(metrics.meanAbs()).isEqualTo(0.75);
    assertThat(metrics.l1()).isEqualTo(3);
    assertThat(metrics.rms()).isEqualTo(Math.sqrt(5) / 2);
    assertThat(metrics.relativeL2()).isEqualTo(Math.sqrt(5) / 5);
    assertThat(metrics.nmseDb()).isWithin(1e-12).of(10 * Math.log10(0.2));
    assertThat(metrics.snrDb()).isEqualTo(-metrics.nmseDb());
    assertThat(metrics.cosine()).isWithin(1e-15).of(25 / (5 * Math.sqrt(30)));
  }

  @Test
  void measure_bothZero_isNoDifference() {
    Metrics metrics =
        Metrics.measure(Tensor.ofFloats(FOUR, 0, 0, 0, 0), Tensor.ofFloats(FOUR, 0, 0, 0, 0));
    assertThat(metrics.relativeL2()).isEqualTo(0);
    assertThat(metrics.cosine()).isEqualTo(1);
  }

  @Test
  void measure_expectedZeroOnly_isInfinitelyFar() {
    Metrics metrics =
        Metrics.measure(Tensor.ofFloats(FOUR, 0, 0, 0, 0), Tensor.ofFloats(FOUR, 0, 0, 0, 1));
    assertThat(metrics.relativeL2()).isPositiveInfinity();
    assertThat(metrics.cosine()).isEqualTo(0);
  }

  @Test
  void measure_squaresThatVanishOrOverflow_areCountedAllTheSame() {
    Shape two = Shape.of(2);
    for (double scale : new double[] {0x1p-1000, 0x1p-600, 1, 0x1p600, 0x1p1000}) {
      Metrics metrics =
          Metrics.measure(
              Tensor.ofDoubles(two, 3 * scale, 4 * scale),
              Tensor.ofDoubles(two, 3 * scale, 5 * scale));
      assertThat(metrics.relativeL2()).isEqualTo(0.2);
      assertThat(metrics.rms()).isWithin(1e-15 * scale).of(Math.sqrt(0.5) * scale);
      assertThat(metrics.maxAbs()).isEqualTo(scale);
      assertThat(metrics.l1()).isEqualTo(scale);
      assertThat(metrics.cosine()).isWithin(1e-15).of(29 / (5 * Math.sqrt(34)));
    }
  }

  @Test
  void measure_differenceBeyondTheLargestDouble_isStated() {
    Shape three = Shape.of(3);
    Metrics metrics =
        Metrics.measure(
            Tensor.ofDoubles(three, 1e308, 1, 1.5e308),
            Tensor.ofDoubles(three, -1e308, 1, -1.5e308));
    assertThat(metrics.expectedNonFinite()).isEqualTo(NonFiniteCount.NONE);
    assertThat(metrics.maxAt().orElseThrow().flat()).isEqualTo(2);
    assertThat(metrics.showLargest()).isEqualTo("3.000e+308");
    assertThat(metrics.relativeL2()).isWithin(1e-15).of(2);
    assertThat(metrics.cosine()).isWithin(1e-15).of(-1);
  }

  @Test
  void measure_nonFinite_countsAndLeavesOut() {
    float nan = Float.NaN;
    float infinity = Float.POSITIVE_INFINITY;
    Metrics metrics =
        Metrics.measure(
            Tensor.ofFloats(FOUR, nan, 1, infinity, 2), Tensor.ofFloats(FOUR, nan, 1, 5, 2.5f));
    assertThat(metrics.expectedNonFinite()).isEqualTo(new NonFiniteCount(1, 1));
    assertThat(metrics.actualNonFinite()).isEqualTo(new NonFiniteCount(1, 0));
    assertThat(metrics.maxAbs()).isEqualTo(0.5);
    assertThat(metrics.meanAbs()).isEqualTo(0.25);
  }

  @Test
  void measure_empty_hasNoPlace() {
    Shape none = Shape.of(0, 3);
    Metrics metrics = Metrics.measure(Tensor.ofFloats(none), Tensor.ofFloats(none));
    assertThat(metrics.maxAt()).isEmpty();
    assertThat(metrics.meanAbs()).isEqualTo(0);
    assertThat(metrics.absDiff()).isEqualTo(new Quantiles(0, 0, 0));
  }

  @Test
  void measure_halfPrecision_widensBothKinds() {
    try (Arena arena = Arena.ofConfined()) {
      Metrics half = twoShorts(arena, DType.F16, Float.floatToFloat16(1.5f), (short) 0x3c00);
      Metrics brain = twoShorts(arena, DType.BF16, (short) 0x3fc0, (short) 0x3f80);
      assertThat(half.maxAbs()).isEqualTo(0.5);
      assertThat(brain.maxAbs()).isEqualTo(0.5);
    }
  }

  private static Metrics twoShorts(Arena arena, DType dtype, short expected, short actual) {
    Tensor left = Tensor.allocate(dtype, Shape.of(1), arena);
    Tensor right = Tensor.allocate(dtype, Shape.of(1), arena);
    left.data().set(ValueLayout.JAVA_SHORT, 0, expected);
    right.data().set(ValueLayout.JAVA_SHORT, 0, actual);
    return Metrics.measure(left, right);
  }

  @Test
  void measure_otherShape_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Metrics.measure(
                Tensor.ofFloats(FOUR, 1, 2, 3, 4), Tensor.ofFloats(Shape.of(4), 1, 2, 3, 4)));
  }
}
