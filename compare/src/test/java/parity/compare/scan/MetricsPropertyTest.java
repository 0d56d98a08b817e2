package parity.compare.scan;

import static com.google.common.truth.Truth.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import parity.compare.Sample;
import parity.tensors.Shape;
import parity.tensors.Tensor;

class MetricsPropertyTest {
  @Property
  void measure_anyNumbers_agreesWithExactArithmetic(
      @ForAll @Size(min = 1, max = 60) float[] expected, @ForAll Random random) {
    float[] actual = new float[expected.length];
    BigDecimal squares = BigDecimal.ZERO;
    BigDecimal norm = BigDecimal.ZERO;
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < actual.length; i++) {
      expected[i] = Math.clamp(expected[i], -1e18f, 1e18f);
      actual[i] = (float) (expected[i] * (1 + random.nextGaussian()));
      BigDecimal difference = new BigDecimal(actual[i]).subtract(new BigDecimal(expected[i]));
      squares = squares.add(difference.pow(2));
      norm = norm.add(new BigDecimal(expected[i]).pow(2));
      sum = sum.add(difference.abs());
    }
    Metrics metrics = of(expected, actual);
    assertClose(metrics.l1(), sum);
    assertClose(metrics.rms() * Math.sqrt(expected.length), squares.sqrt(MathContext.DECIMAL64));
    assertClose(
        metrics.relativeL2() * norm.sqrt(MathContext.DECIMAL64).doubleValue(),
        squares.sqrt(MathContext.DECIMAL64));
  }

  private static void assertClose(double found, BigDecimal exact) {
    assertThat(found).isWithin(1e-11 * exact.doubleValue()).of(exact.doubleValue());
  }

  @Property
  void measure_anyNumbers_boundsEachQuantile(
      @ForAll @Size(min = 1, max = 3000) @FloatRange(min = -1e6f, max = 1e6f) float[] actual) {
    double[] sorted = new double[actual.length];
    Arrays.setAll(sorted, i -> Math.abs(actual[i]));
    Arrays.sort(sorted);
    Quantiles found = of(new float[actual.length], actual).absDiff();
    assertQuantile(found.q50(), sorted, 0.5);
    assertQuantile(found.q99(), sorted, 0.99);
    assertQuantile(found.q999(), sorted, 0.999);
  }

  private static void assertQuantile(double found, double[] sorted, double fraction) {
    double exact = sorted[(int) Math.ceil(fraction * sorted.length) - 1];
    assertThat(found).isAtLeast(exact);
    assertThat(found).isAtMost(exact * (1 + 1.0 / 128));
  }

  @Property
  void measure_sameNumbersInAnotherOrder_isTheSame(
      @ForAll @IntRange(min = 2, max = 3000) int count, @ForAll Random random) {
    Sample sample = Sample.noisy(random.nextLong(), Shape.of(count), 1);
    int[] order = IntStream.range(0, count).toArray();
    for (int i = count - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    Metrics one = Metrics.measure(sample.reference(), sample.actual());
    Metrics other =
        Metrics.measure(permuted(sample.reference(), order), permuted(sample.actual(), order));
    assertThat(other.maxAbs()).isEqualTo(one.maxAbs());
    assertThat(other.absDiff()).isEqualTo(one.absDiff());
    assertThat(other.relativeL2()).isWithin(1e-12 * one.relativeL2()).of(one.relativeL2());
  }

  private static Tensor permuted(Tensor tensor, int[] order) {
    float[] values = new float[order.length];
    for (int i = 0; i < order.length; i++) {
      values[i] = tensor.getFloat(order[i]);
    }
    return Tensor.ofFloats(tensor.shape(), values);
  }

  private static Metrics of(float[] expected, float[] actual) {
    Shape shape = Shape.of(expected.length);
    return Metrics.measure(Tensor.ofFloats(shape, expected), Tensor.ofFloats(shape, actual));
  }
}
