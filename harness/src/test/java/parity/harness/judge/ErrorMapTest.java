package parity.harness.judge;

import static com.google.common.truth.Truth.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parity.compare.Comparison;
import parity.compare.limits.Basis;
import parity.compare.limits.Limit;
import parity.compare.verdict.Verdict;
import parity.harness.result.Exhibit;
import parity.tensors.Shape;
import parity.tensors.Tensor;

class ErrorMapTest {
  private static final Basis FIXED = new Basis.Fixed(1e-5, 1, "test");

  private static Optional<Exhibit.HeatMap> map(Tensor expected, Tensor actual, Basis basis) {
    Verdict verdict = Comparison.compare("a", expected, actual, basis);
    return ErrorMap.of("why", verdict, expected, actual, basis);
  }

  /** Numbers around 1, so that their rms is near it. */
  private static Tensor ramp(long... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2 == 0 ? 1 : -1;
    }
    return Tensor.ofFloats(shape, values);
  }

  private static Tensor with(Tensor tensor, long at, float error) {
    float[] values = tensor.toFloats();
    values[(int) at] += error;
    return Tensor.ofFloats(tensor.shape(), values);
  }

  @Test
  void of_threeAxes_goesThroughTheWorstPlace() {
    Tensor expected = ramp(2, 3, 4);
    Exhibit.HeatMap map = map(expected, with(expected, 12 + 4 + 2, 0.5f), FIXED).orElseThrow();
    assertThat(map.slice()).isEqualTo("[1, down, right] of [2, 3, 4]");
    assertThat(map.cells().rows()).isEqualTo(3);
    assertThat(map.cells().columns()).isEqualTo(4);
    assertThat(map.cells().at(1, 2)).isWithin(1e-6f).of(0.5f);
    assertThat(map.cells().at(1, 1)).isEqualTo(0f);
    assertThat(map.unit()).contains("rms");
    assertThat(map.lawful().isEmpty()).isTrue();
  }

  @Test
  void of_axesOfOne_areLeftOut() {
    Tensor expected = ramp(5, 1, 6, 1);
    Exhibit.HeatMap map = map(expected, with(expected, 6, 1), FIXED).orElseThrow();
    assertThat(map.slice()).isEqualTo("[down, 0, right, 0] of [5, 1, 6, 1]");
    assertThat(map.cells().at(1, 0)).isWithin(1e-6f).of(1);
  }

  @Test
  void of_moreThanTheMapHolds_keepsTheWorstOfEachCell() {
    Tensor expected = ramp(1, 1000);
    Exhibit.HeatMap map =
        map(expected, with(with(expected, 998, 1), 999, 0.1f), FIXED).orElseThrow();
    assertThat(map.cells().rows()).isEqualTo(1);
    assertThat(map.cells().columns()).isEqualTo(Exhibit.CELLS);
    assertThat(map.right()).isEqualTo(1000);
    assertThat(map.cells().at(0, 255)).isWithin(1e-6f).of(1);
    assertThat(map.cells().at(0, 254)).isEqualTo(0f);
  }

  @Test
  void of_truth_isInUnitsOfTheReferencesOwnRounding() {
    Tensor expected = ramp(8, 16);
    float[] own = new float[128];
    Arrays.fill(own, 1e-6f);
    Tensor residual = Tensor.ofFloats(expected.shape(), own);
    Basis truth = new Basis.Truth(residual, Limit.DEFAULT);
    Exhibit.HeatMap map = map(expected, expected, truth).orElseThrow();
    assertThat(map.cells().at(3, 3)).isWithin(1e-3f).of(1);
    assertThat(map.unit()).contains("own rounding");
    assertThat(map.lawful().orElseThrow()).isEqualTo(Limit.ELEMENT);
  }

  @Test
  void of_notFinite_isShownAsSuchWhereOnlyOneSideIs() {
    Tensor expected = with(ramp(4, 4), 0, Float.NaN);
    Tensor actual = with(expected, 5, Float.NaN);
    Exhibit.HeatMap map = map(expected, actual, FIXED).orElseThrow();
    assertThat(map.cells().at(1, 1)).isNaN();
    assertThat(map.cells().at(0, 0)).isEqualTo(0f);
  }

  @Test
  void of_integersOtherShapesAndEmpty_isNone() {
    Tensor integers = Tensor.ofInts(Shape.of(2), 1, 2);
    assertThat(map(integers, integers, FIXED)).isEmpty();
    assertThat(map(ramp(2, 3), ramp(3, 2), FIXED)).isEmpty();
    assertThat(map(ramp(0, 3), ramp(0, 3), FIXED)).isEmpty();
  }
}
