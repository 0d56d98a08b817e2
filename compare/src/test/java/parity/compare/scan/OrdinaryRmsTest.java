package parity.compare.scan;

import static com.google.common.truth.Truth.assertThat;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parity.compare.view.TensorView;
import parity.tensors.Shape;
import parity.tensors.Tensor;

class OrdinaryRmsTest {
  private final Random random = new Random(20);

  @Provide
  Arbitrary<double[]> anyNumbers() {
    return Arbitraries.longs().map(Double::longBitsToDouble).array(double[].class).ofMaxSize(40);
  }

  @Property
  void ordinaryRms_anyNumbers_isNeverMoreThanTheRms(@ForAll("anyNumbers") double[] values) {
    Scaled squares = Scaled.ZERO;
    int finite = 0;
    for (double value : values) {
      if (Double.isFinite(value)) {
        squares = squares.plus(Scaled.square(value));
        finite++;
      }
    }
    double rms = squares.part(Math.max(finite, 1)).sqrt().toDouble();
    assertThat(of(values)).isAtMost(rms * (1 + 1e-12));
    assertThat(of(values) > 0).isEqualTo(rms > 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1p-1060, 1e-200, 1, 1e200, 0x1p1010})
  void ordinaryRms_ordinaryNumbers_isTheirRmsAtAnyScale(double scale) {
    double[] values = values(1000, i -> random.nextGaussian() * scale);
    assertThat(of(values)).isWithin(0.05 * rms(values)).of(rms(values));
  }

  @Test
  void ordinaryRms_constantNumbers_isTheirSize() {
    assertThat(of(-7, -7, -7)).isWithin(1e-15).of(7);
    assertThat(of(7, -7)).isWithin(1e-15).of(7);
    assertThat(of(0, 0)).isEqualTo(0);
    assertThat(of()).isEqualTo(0);
    assertThat(of(Double.NaN, Double.NEGATIVE_INFINITY)).isEqualTo(0);
  }

  @Test
  void ordinaryRms_zerosAmongOthers_countAsInTheRms() {
    double[] values = values(1000, i -> i % 4 == 0 ? random.nextGaussian() : 0);
    assertThat(of(values)).isWithin(0.05 * rms(values)).of(rms(values));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 50, 90})
  void ordinaryRms_maskOverSomeOfHundred_isThatOfTheOthers(int percent) {
    double[] visible = values(1000, i -> random.nextGaussian());
    for (double mask : new double[] {-1e10, -1e4, -Float.MAX_VALUE, -65504, -100}) {
      double[] masked = values(1000, i -> i % 100 < percent ? mask : visible[i]);
      assertThat(of(masked)).isAtMost(1.1 * rms(visible));
      double[] added = values(1000, i -> i % 100 < percent ? mask + visible[i] : visible[i]);
      assertThat(of(added)).isAtMost(mask == -100 && percent >= 50 ? 100 : 1.1 * rms(visible));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7, 64, 1000})
  void ordinaryRms_spikeAmongSo_many_isThatOfTheOthers(int size) {
    for (double spike : new double[] {1e2, 1e4, 1e160, -1e308}) {
      double[] values = values(size, i -> i == size / 2 ? spike : 1 + 0.1 * i / size);
      assertThat(of(values)).isAtMost(1.2);
    }
  }

  @Test
  void ordinaryRms_largeTensors_isThatOfASampleWhateverTheAxes() {
    int columns = 1 << 10;
    double[] values =
        values(columns * 200, i -> (i % columns == 0 ? 1e9 : 1) * random.nextGaussian());
    Tensor tensor = Tensor.ofDoubles(Shape.of(200, columns), values);
    assertThat(of(TensorView.of(tensor))).isWithin(0.05).of(1);
    assertThat(of(TensorView.of(tensor, 1, 0))).isWithin(0.05).of(1);
  }

  @Test
  void ordinaryRms_fewVisibleRowsOfALargeMask_isThatOfTheRows() {
    int columns = 1 << 10;
    double[] values =
        values(columns * 1000, i -> i / columns % 25 == 7 ? random.nextGaussian() : -1e10);
    Tensor tensor = Tensor.ofDoubles(Shape.of(1000, columns), values);
    assertThat(of(TensorView.of(tensor))).isWithin(0.2).of(1);
  }

  private static double[] values(int count, IntToDoubleFunction value) {
    return IntStream.range(0, count).mapToDouble(value).toArray();
  }

  private static double rms(double[] values) {
    double scale =
        IntStream.range(0, values.length).mapToDouble(i -> Math.abs(values[i])).max().orElse(0);
    double squares = 0;
    for (double value : values) {
      squares += value / scale * (value / scale);
    }
    return Math.sqrt(squares / values.length) * scale;
  }

  private static double of(double... values) {
    return of(TensorView.of(Tensor.ofDoubles(Shape.of(values.length), values)));
  }

  private static double of(TensorView tensor) {
    PairScan scan = PairScan.withScale(tensor, tensor);
    Workers.run(scan);
    return scan.ordinaryRms();
  }
}
