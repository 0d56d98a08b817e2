package parity.compare;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import parity.compare.limits.Tolerance;
import parity.compare.scan.Metrics;
import parity.compare.verdict.Verdict;
import parity.compare.view.TensorView;
import parity.tensors.DType;
import parity.tensors.InPlace;
import parity.tensors.Shape;
import parity.tensors.Tensor;

class SetComparisonTest {
  private static final Shape FOUR = Shape.of(4);
  private static final Tensor NUMBERS = Tensor.ofDoubles(FOUR, 1, -2, 4, 100);

  @Test
  void compare_atTheLimitOfAnElement_isRightAndOneUlpBeyondWrong() {
    // 1 + 0.25 * 2
    assertThat(withThird(-3.5)).isInstanceOf(Verdict.Match.class);
    assertThat(withThird(Math.nextDown(-3.5))).isInstanceOf(Verdict.Mismatch.class);
  }

  private static Verdict withThird(double second) {
    Tolerance tolerance = new Tolerance(1e9, 0.25, OptionalDouble.of(1.0), 0, "test");
    return one(NUMBERS, Tensor.ofDoubles(FOUR, 1, second, 4, 100), tolerance);
  }

  @Test
  void compare_atTheLimitOfRelativeL2_isRightAndOneUlpBeyondWrong() {
    Tensor actual = Tensor.ofDoubles(FOUR, 1, -2, 4, 101);
    double found = Metrics.measure(NUMBERS, actual).relativeL2();
    OptionalDouble any = OptionalDouble.of(9);
    assertThat(one(NUMBERS, actual, new Tolerance(found, 0, any, 0, "test")))
        .isInstanceOf(Verdict.Match.class);
    assertThat(one(NUMBERS, actual, new Tolerance(Math.nextDown(found), 0, any, 0, "test")))
        .isInstanceOf(Verdict.Mismatch.class);
  }

  @Test
  void compare_oneElementOfMany_isSeenThoughTheWholeIsRight() {
    int size = 1 << 20;
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = i % 7 - 3;
    }
    float[] other = values.clone();
    other[77_777] += 0.002f;
    Verdict verdict =
        one(
            Tensor.ofFloats(Shape.of(size), values),
            Tensor.ofFloats(Shape.of(size), other),
            Tolerance.of(DType.F32));
    assertThat(verdict).isInstanceOf(Verdict.Mismatch.class);
    assertThat(verdict.says()).contains("1 beyond it, worst at [77777]");
  }

  @Test
  void compare_noAtol_doesNotDependOnScale() {
    for (double scale : new double[] {1e-30, 1, 1e30}) {
      Tensor expected = Tensor.ofDoubles(FOUR, scale, -2 * scale, 4 * scale, 3 * scale);
      Tensor actual = Tensor.ofDoubles(FOUR, scale, -2 * scale, 4 * scale, 3.01 * scale);
      Tolerance loose = new Tolerance(0.1, 0.01, OptionalDouble.empty(), 0, "test");
      Tolerance tight = new Tolerance(0.1, 0.0001, OptionalDouble.empty(), 0, "test");
      assertThat(one(expected, actual, loose)).isInstanceOf(Verdict.Match.class);
      assertThat(one(expected, actual, tight)).isInstanceOf(Verdict.Mismatch.class);
    }
  }

  @Test
  void compare_eachThatCannotBeGreen_hasItsOwnVerdict() {
    Tensor nan = Tensor.ofDoubles(FOUR, 1, Double.NaN, 4, 100);
    Tensor ones = Tensor.ofDoubles(FOUR, 1, 1, 1, 1);
    Tensor none = Tensor.ofDoubles(Shape.of(0));
    Tolerance usual = Tolerance.of(DType.F64);
    assertThat(one(NUMBERS, nan, usual)).isInstanceOf(Verdict.NotFinite.class);
    assertThat(one(ones, ones, usual)).isInstanceOf(Verdict.Vacuous.class);
    assertThat(one(ones, NUMBERS, usual)).isInstanceOf(Verdict.Mismatch.class);
    assertThat(one(none, none, usual)).isInstanceOf(Verdict.Vacuous.class);
    assertThat(one(NUMBERS, NUMBERS.reshape(2, 2), usual)).isInstanceOf(Verdict.ShapeDiffers.class);
  }

  @Test
  void compare_constantTensors_areHeldToTheLimitsOfOthersAndProveNothing() {
    Tolerance usual = Tolerance.of(DType.F32);
    float third = 1 / 3f;
    Tensor thirds = Tensor.ofFloats(Shape.of(3), third, third, third);
    Tensor rounded = Tensor.ofFloats(Shape.of(3), third, Math.nextUp(third), third);
    Tensor wrong = Tensor.ofFloats(Shape.of(3), third, third * 1.001f, third);
    assertThat(one(thirds, rounded, usual)).isInstanceOf(Verdict.Vacuous.class);
    assertThat(one(thirds, wrong, usual)).isInstanceOf(Verdict.Mismatch.class);
    Tensor zeros = Tensor.ofFloats(FOUR, 0, 0, 0, 0);
    Tensor negative = Tensor.ofFloats(FOUR, -0f, -0f, -0f, -0f);
    assertThat(one(zeros, negative, usual)).isInstanceOf(Verdict.Vacuous.class);
    assertThat(one(zeros, Tensor.ofFloats(FOUR, 0, 0, 1e-30f, 0), usual))
        .isInstanceOf(Verdict.Mismatch.class);
  }

  @Test
  void compare_oneStepApartWhereTheTypeEnds_isRight() {
    float step = Float.MIN_VALUE;
    Tensor tiny = Tensor.ofFloats(FOUR, 7 * step, 2 * step, 71 * step, 0);
    Tensor stepped = Tensor.ofFloats(FOUR, 8 * step, step, 72 * step, step);
    assertThat(one(tiny, stepped, Tolerance.of(DType.F32))).isInstanceOf(Verdict.Match.class);
    Tensor wrong = Tensor.ofFloats(FOUR, 7 * step, 2 * step, 75 * step, 0);
    assertThat(one(tiny, wrong, Tolerance.of(DType.F32))).isInstanceOf(Verdict.Mismatch.class);
  }

  @Test
  void compare_largestDoubles_statesTheirDifference() {
    Tensor expected = Tensor.ofDoubles(FOUR, 1e308, 2, 3, 4);
    Tensor actual = Tensor.ofDoubles(FOUR, -1e308, 2, 3, 4);
    Verdict verdict = one(expected, actual, Tolerance.of(DType.F64));
    assertThat(verdict).isInstanceOf(Verdict.Mismatch.class);
    assertThat(verdict.says()).contains("1 beyond it, worst at [0] expected 1.0E308");
  }

  @Test
  void compare_beyondTheSquareOfADouble_isJudgedAsAnyOther() {
    Tolerance usual = Tolerance.of(DType.F64);
    for (double scale : new double[] {1e-300, 1e-200, 1, 1e160, 1e300}) {
      Tensor expected = Tensor.ofDoubles(FOUR, scale, -2 * scale, 4 * scale, 3 * scale);
      Tensor near = Tensor.ofDoubles(FOUR, Math.nextUp(scale), -2 * scale, 4 * scale, 3 * scale);
      Tensor far = Tensor.ofDoubles(FOUR, scale, -2 * scale, 4 * scale, 3.00001 * scale);
      assertThat(one(expected, near, usual)).isInstanceOf(Verdict.Match.class);
      assertThat(one(expected, far, usual)).isInstanceOf(Verdict.Mismatch.class);
    }
  }

  @Test
  void compare_integers_mustBeEqual() {
    Tensor expected = Tensor.ofInts(FOUR, 1, 2, 3, 4);
    Tolerance usual = Tolerance.of(DType.F64);
    assertThat(one(expected, Tensor.ofInts(FOUR, 1, 2, 3, 4), usual))
        .isInstanceOf(Verdict.Match.class);
    assertThat(one(expected, Tensor.ofInts(FOUR, 1, 2, 9, 9), usual).says())
        .contains("2 of 4 equal, first difference at 2: expected 3, found 9");
    assertThat(one(Tensor.ofInts(FOUR, 0, 0, 0, 0), Tensor.ofInts(FOUR, 0, 0, 0, 0), usual))
        .isInstanceOf(Verdict.Vacuous.class);
  }

  @Test
  void compare_transposed_isTheSameNumbers() {
    Tensor expected = Tensor.ofDoubles(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    Tensor turned = Tensor.ofDoubles(Shape.of(3, 2), 1, 4, 2, 5, 3, 6);
    Pair pair = new Pair("x", TensorView.of(expected), TensorView.of(turned, 1, 0));
    assertThat(SetComparison.compare(List.of(pair), Tolerance::of, 1, InPlace.NOTHING).getFirst())
        .isInstanceOf(Verdict.Match.class);
  }

  /** A set and one tensor are judged by the same lines. */
  @Test
  void compare_onePair_isWhatAComparisonOfItsOwnSays() {
    Tolerance given = new Tolerance(1e-2, 1e-3, OptionalDouble.of(1e-3), 0, "test");
    for (Tolerance tolerance : List.of(given, Tolerance.of(DType.F64), Tolerance.of(DType.F32))) {
      for (double last : new double[] {100, 100.001, 101, Double.NaN, -1e300}) {
        Tensor actual = Tensor.ofDoubles(FOUR, 1, -2, 4, last);
        assertThat(one(NUMBERS, actual, tolerance))
            .isEqualTo(Comparison.compare("x", NUMBERS, actual, tolerance));
      }
    }
  }

  @Test
  void compare_aMixedSet_keepsItsOrder() {
    Tensor ints = Tensor.ofInts(FOUR, 1, 2, 3, 4);
    Tensor far = Tensor.ofDoubles(FOUR, 1, -2, 4, 200);
    List<Verdict> verdicts =
        SetComparison.compare(
            List.of(
                pair("shape", NUMBERS, NUMBERS.reshape(2, 2)),
                pair("ints", ints, Tensor.ofInts(FOUR, 1, 2, 3, 5)),
                pair("far", NUMBERS, far),
                pair("empty", Tensor.ofInts(Shape.of(0)), Tensor.ofInts(Shape.of(0))),
                pair("none", Tensor.ofFloats(Shape.of(2, 0)), Tensor.ofFloats(Shape.of(2, 0))),
                pair("same", NUMBERS, NUMBERS),
                pair("length", ints, Tensor.ofInts(Shape.of(3), 1, 2, 3))),
            Tolerance::of,
            2,
            InPlace.NOTHING);
    assertThat(verdicts.stream().map(Verdict::name))
        .containsExactly("shape", "ints", "far", "empty", "none", "same", "length")
        .inOrder();
    assertThat(verdicts.stream().map(Object::getClass).map(Class::getSimpleName))
        .containsExactly(
            "ShapeDiffers",
            "IntegersDiffer",
            "Mismatch",
            "Vacuous",
            "Vacuous",
            "Match",
            "ShapeDiffers")
        .inOrder();
  }

  @Test
  void pair_ofFloatsAndIntegers_isRefused() {
    TensorView ints = TensorView.of(Tensor.ofInts(FOUR, 1, 2, 3, 4));
    assertThrows(IllegalArgumentException.class, () -> new Pair("x", TensorView.of(NUMBERS), ints));
  }

  private static Verdict one(Tensor expected, Tensor actual, Tolerance tolerance) {
    Pair pair = pair("x", expected, actual);
    return SetComparison.compare(List.of(pair), dtype -> tolerance, 2, InPlace.NOTHING).getFirst();
  }

  private static Pair pair(String name, Tensor expected, Tensor actual) {
    return new Pair(name, TensorView.of(expected), TensorView.of(actual));
  }
}
