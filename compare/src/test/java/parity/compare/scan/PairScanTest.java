package parity.compare.scan;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parity.compare.view.Place;
import parity.compare.view.TensorView;
import parity.tensors.InPlace;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** The fast scan against its plain twin. */
class PairScanTest {
  private static final float[] ODD = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0, -0f, 1e-42f, Float.MAX_VALUE
  };

  @ParameterizedTest
  @ValueSource(
      ints = {
        1,
        PairLanes.LANES - 1,
        PairLanes.LANES,
        PairLanes.LANES + 1,
        PairLanes.RUN,
        PairLanes.RUN + 3,
        Histogram.ALL,
        Histogram.ALL + 1,
        Blockwise.BLOCK,
        Blockwise.BLOCK + 1,
        2 * Blockwise.BLOCK + PairLanes.RUN + 7
      })
  void run_atEachSeam_isAsThePlainTwin(int size) {
    assertSame(random(new Random(size), size, 0), random(new Random(size + 1), size, 0));
  }

  @Property(tries = 60)
  void run_oddNumbers_isAsThePlainTwin(
      @ForAll @IntRange(min = 1, max = 3000) int size,
      @ForAll @IntRange(max = 3) int odd,
      @ForAll Random random) {
    assertSame(random(random, size, odd), random(random, size, odd));
  }

  @Property(tries = 20)
  void run_doubles_isAsThePlainTwin(
      @ForAll @IntRange(min = 1, max = 3000) int size, @ForAll Random random) {
    double[] r = random.doubles(size).toArray();
    double[] c = random.doubles(size).toArray();
    c[random.nextInt(size)] = Double.NaN;
    assertSame(Tensor.ofDoubles(Shape.of(size), r), Tensor.ofDoubles(Shape.of(size), c));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void run_largeWithOddNumbers_isAsThePlainTwin(int odd) {
    int size = Blockwise.BLOCK + PairLanes.RUN + 7;
    assertSame(random(new Random(odd), size, odd), random(new Random(odd + 1), size, odd));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void run_anyNumberOfThreads_isTheSameToTheLastBit(int threads) {
    int size = 3 * Blockwise.BLOCK + 11;
    Tensor expected = random(new Random(1), size, 1);
    Tensor actual = random(new Random(2), size, 1);
    PairScan scan = new PairScan(TensorView.of(expected), TensorView.of(actual));
    Workers.run(List.of(scan), threads, InPlace.NOTHING, job -> {});
    assertThat(scan.metrics()).isEqualTo(Metrics.measure(expected, actual));
  }

  @Test
  void ordinaryRms_ofAScanThatWasNotAskedForIt_isRefused() {
    TensorView numbers = TensorView.of(random(new Random(1), 5, 0));
    assertThat(PairScan.run(numbers, numbers).metrics().maxAbs()).isEqualTo(0);
    assertThrows(NoSuchElementException.class, () -> PairScan.run(numbers, numbers).ordinaryRms());
  }

  @Test
  void actualOverExpected_ofNumbersWhoseSquaresAreNone_isTheRatioOfNorms() {
    TensorView expected = TensorView.of(Tensor.ofDoubles(Shape.of(2), 3e200, 4e200));
    TensorView actual = TensorView.of(Tensor.ofDoubles(Shape.of(2), 0, 5e188));
    assertThat(PairScan.run(expected, actual).actualOverExpected()).isWithin(1e-24).of(1e-12);
  }

  private static Tensor random(Random random, int size, int odd) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] =
          random.nextInt(100) < odd
              ? ODD[random.nextInt(ODD.length)]
              : (float) random.nextGaussian();
    }
    return Tensor.ofFloats(Shape.of(size), values);
  }

  private static void assertSame(Tensor expected, Tensor actual) {
    PlainPairScan plain = new PlainPairScan(expected, actual);
    PairScan fast = PairScan.run(TensorView.of(expected), TensorView.of(actual));
    Metrics metrics = fast.metrics();
    assertThat(metrics.maxAbs()).isEqualTo(Math.max(plain.maxAbs, 0));
    assertThat(metrics.maxAt().map(Place::flat).orElse(-1L))
        .isEqualTo(plain.finite == 0 ? -1 : plain.maxAt);
    assertThat(metrics.expectedNonFinite()).isEqualTo(plain.expectedNonFinite);
    assertThat(metrics.actualNonFinite()).isEqualTo(plain.actualNonFinite);
    assertThat(fast.firstFinitenessDifference().map(Place::flat).orElse(-1L))
        .isEqualTo(plain.finitenessDiffAt);
    assertThat(fast.vacuous())
        .isEqualTo(
            plain.finite == 0
                || (plain.constant && (expected.elements() != 1 || expected.getDouble(0) == 0)));
    assertClose(metrics.l1(), plain.l1);
    assertClose(metrics.meanAbs() * plain.finite, plain.l1);
    assertClose(metrics.rms() * metrics.rms() * plain.finite, plain.diffSquares);
    assertClose(
        metrics.relativeL2(),
        plain.diffSquares == 0 ? 0 : Math.sqrt(plain.diffSquares / plain.expectedSquares));
    assertQuantile(metrics.absDiff().q50(), plain.quantile(0.5));
    assertQuantile(metrics.absDiff().q99(), plain.quantile(0.99));
    assertQuantile(metrics.absDiff().q999(), plain.quantile(0.999));
    double norms = Math.sqrt(plain.expectedSquares) * Math.sqrt(plain.actualSquares);
    if (norms > 0) {
      assertThat(metrics.cosine()).isWithin(1e-12).of(plain.products / norms);
    }
  }

  private static void assertQuantile(double found, double plain) {
    assertThat(found).isAtLeast(plain);
    assertThat(found).isAtMost(Math.max(plain * (1 + 1.0 / 128), 1e-300));
  }

  private static void assertClose(double found, double plain) {
    if (Double.isInfinite(plain)) {
      assertThat(found).isEqualTo(plain);
    } else {
      assertThat(found).isWithin(1e-12 * plain).of(plain);
    }
  }
}
