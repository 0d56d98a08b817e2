package parity.compare;

import static com.google.common.truth.Truth.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import parity.compare.limits.Basis;
import parity.compare.limits.Limit;
import parity.compare.verdict.Status;
import parity.compare.verdict.Verdict;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

class ComparisonTest {
  private static final Shape FOUR = Shape.of(4);
  private static final Basis FIXED = new Basis.Fixed(1e-5, 1e-3, "table");
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private static Verdict floats(Tensor expected, float... actual) {
    return Comparison.compare("mel", expected, Tensor.ofFloats(expected.shape(), actual), FIXED);
  }

  private static Tensor four(float... values) {
    return Tensor.ofFloats(FOUR, values);
  }

  @Test
  void compare_noTruth_saysSo() {
    Verdict verdict = floats(four(1, 2, 3, 4), 1, 2, 3, 4.00001f);
    assertThat(verdict).isInstanceOf(Verdict.Match.class);
    assertThat(verdict.line()).contains("no float64 truth; table");
  }

  @Test
  void compare_beyondFixedLimits_saysFoundExpectedAndWhere() {
    assertThat(floats(four(1, 2, 3, 4), 1, 2, 3, 5).line())
        .contains(
            "largest absolute difference 1 > 0.001000 (worst at [3] expected 4.0, found 5.0)");
  }

  @Test
  void compare_otherType_isNotCompared() {
    Verdict verdict =
        Comparison.compare("mel", four(1, 2, 3, 4), Tensor.ofDoubles(FOUR, 1, 2, 3, 4), FIXED);
    assertThat(verdict).isInstanceOf(Verdict.DtypeDiffers.class);
    assertThat(verdict.line())
        .isEqualTo("NOT_COMPARED mel: expected type F32, found F64; not compared");
  }

  @Test
  void compare_float64WithAnyTruthButZeros_isUnusable() {
    assertThat(float64(Tensor.ofFloats(FOUR, 0, 0, 0, 0))).isInstanceOf(Verdict.Match.class);
    assertThat(float64(Tensor.ofFloats(FOUR, 1e-14f, 0, 0, 0))).isInstanceOf(Verdict.Match.class);
    for (Tensor wrong :
        new Tensor[] {
          Tensor.ofFloats(FOUR, 0, 1e-11f, 0, 0),
          Tensor.ofFloats(FOUR, 0, 0, Float.NaN, 0),
          Tensor.ofFloats(Shape.of(3), 0, 0, 0),
          Tensor.ofInts(FOUR, 0, 0, 0, 0)
        }) {
      assertThat(float64(wrong)).isInstanceOf(Verdict.TruthUnusable.class);
    }
  }

  private static Verdict float64(Tensor truth) {
    Tensor f0 = Tensor.ofDoubles(FOUR, 1, 2, 3, 4);
    return Comparison.compare("f0", f0, f0, new Basis.Truth(truth, Limit.of(2, "table")));
  }

  @Test
  void compare_cutShort_failsAndSaysWhetherTheRestAgrees() {
    assertThat(length(1, 2, 3))
        .isEqualTo("[3]: 1 too few along axis 0; the first 3 agree (relative L2 0.00)");
    assertThat(length(2, 3, 4))
        .isEqualTo("[3]: 1 too few along axis 0; the last 3 agree (relative L2 0.00)");
    assertThat(length(1, 2, 3, 4, 5, 6))
        .isEqualTo("[6]: 2 too many along axis 0; the first 4 agree (relative L2 0.00)");
    assertThat(length(9, 9, 9))
        .startsWith("[3]: 1 too few along axis 0; the other 3 differ too (relative L2 1.");
  }

  private static String length(float... found) {
    Tensor actual = Tensor.ofFloats(Shape.of(found.length), found);
    Verdict verdict = Comparison.compare("mel", four(1, 2, 3, 4), actual, FIXED);
    assertThat(verdict.status()).isEqualTo(Status.FAIL);
    return verdict.says().replaceFirst("expected shape \\[4], found ", "");
  }

  @Test
  void compare_anInnerAxisLonger_comparesWhatIsAtTheSamePlaces() {
    Tensor wide = Tensor.ofFloats(Shape.of(2, 3), 1, 2, 9, 3, 4, 9);
    assertThat(Comparison.compare("mel", four(1, 2, 3, 4).reshape(2, 2), wide, FIXED).says())
        .isEqualTo(
            "expected shape [2, 2], found [2, 3]: 1 too many along axis 1; the first 2 agree"
                + " (relative L2 0.00)");
  }

  @Test
  void compare_oneForMany_isNotCompared() {
    Verdict verdict =
        Comparison.compare("mel", four(1, 2, 3, 4), Tensor.ofFloats(Shape.of(1), 1), FIXED);
    assertThat(verdict.line())
        .isEqualTo("NOT_COMPARED mel: expected shape [4], found [1]; not compared");
  }

  @Test
  void compare_transposedShapeOfAsManyElements_isNotCompared() {
    Verdict verdict =
        Comparison.compare(
            "mel", four(1, 2, 3, 4).reshape(1, 4), four(1, 2, 3, 4).reshape(4, 1), FIXED);
    assertThat(verdict).isInstanceOf(Verdict.ShapeDiffers.class);
  }

  @Test
  void compare_nanInTheSamePlaces_matches() {
    assertThat(floats(four(1, NAN, INFINITY, 4), 1, NAN, INFINITY, 4))
        .isInstanceOf(Verdict.Match.class);
  }

  @Test
  void compare_nanInAnotherPlace_isNotFinite() {
    Verdict verdict = floats(four(1, NAN, 3, 4), 1, 2, NAN, 4);
    assertThat(verdict.line())
        .isEqualTo(
            "FAIL mel: F32 [4] has 1 NaN, 0 infinite, expected 1 NaN, 0 infinite; first at [1]"
                + " expected NaN, found 2.0");
  }

  @Test
  void compare_infinityOfTheOtherSign_isNotFinite() {
    assertThat(floats(four(1, INFINITY, 3, 4), 1, -INFINITY, 3, 4))
        .isInstanceOf(Verdict.NotFinite.class);
  }

  @Test
  void compare_constantAndEqual_isVacuous() {
    assertThat(floats(four(7, 7, 7, 7), 7, 7, 7, 7)).isInstanceOf(Verdict.Vacuous.class);
    assertThat(floats(four(0, 0, 0, 0), 0, 0, 0, 0)).isInstanceOf(Verdict.Vacuous.class);
    assertThat(floats(four(NAN, NAN, NAN, NAN), NAN, NAN, NAN, NAN))
        .isInstanceOf(Verdict.Vacuous.class);
    assertThat(floats(Tensor.ofFloats(Shape.of(1), 0f), 0f)).isInstanceOf(Verdict.Vacuous.class);
    assertThat(floats(Tensor.ofFloats(Shape.of(2, 0)))).isInstanceOf(Verdict.Vacuous.class);
  }

  @Test
  void compare_constantWithinItsLimits_isVacuousAndBeyondThemDiffers() {
    assertThat(floats(four(7, 7, 7, 7), 7, 7, Math.nextUp(7f), 7))
        .isInstanceOf(Verdict.Vacuous.class);
    assertThat(floats(four(7, 7, 7, 7), 7, 7, 7.01f, 7)).isInstanceOf(Verdict.Mismatch.class);
  }

  @Test
  void compare_zerosOfTheOtherSign_areVacuousAndAnythingElseDiffers() {
    assertThat(floats(four(0, 0, 0, 0), 0, -0f, 0, 0)).isInstanceOf(Verdict.Vacuous.class);
    assertThat(floats(four(0, 0, 0, 0), 0, Float.MIN_VALUE, 0, 0))
        .isInstanceOf(Verdict.Mismatch.class);
  }

  @Test
  void compare_constantWithTruth_isHeldToItsFloor() {
    Tensor ones = Tensor.ofFloats(Shape.of(64), filled(64, 1f));
    Tensor residual = Tensor.ofFloats(Shape.of(64), filled(64, 1e-9f));
    Basis truth = new Basis.Truth(residual, Limit.of(2, "table"));
    Tensor near = Tensor.ofFloats(Shape.of(64), filled(64, 1f + 0x1p-23f));
    near.setFloat(0, 1);
    Tensor far = Tensor.ofFloats(Shape.of(64), filled(64, 1.0001f));
    assertThat(Comparison.compare("mask", ones, ones, truth)).isInstanceOf(Verdict.Vacuous.class);
    assertThat(Comparison.compare("mask", ones, near, truth)).isInstanceOf(Verdict.Mismatch.class);
    assertThat(Comparison.compare("mask", ones, far, truth)).isInstanceOf(Verdict.Mismatch.class);
  }

  private static float[] filled(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }

  @Test
  void compare_constantCandidateOfAVaryingReference_differs() {
    assertThat(floats(four(1, 2, 3, 4), 0, 0, 0, 0)).isInstanceOf(Verdict.Mismatch.class);
  }

  @Test
  void compare_oneElement_isNoConstant() {
    assertThat(floats(Tensor.ofFloats(Shape.of(1), 3f), Math.nextUp(3f)))
        .isInstanceOf(Verdict.Match.class);
  }

  @Test
  void compare_integers_mustBeEqual() {
    Tensor tokens = Tensor.ofInts(FOUR, 5, 6, 7, 8);
    assertThat(Comparison.compare("token", tokens, Tensor.ofInts(FOUR, 5, 6, 7, 8), FIXED))
        .isInstanceOf(Verdict.Match.class);
    assertThat(Comparison.compare("token", tokens, Tensor.ofInts(FOUR, 5, 6, 9, 8), FIXED).line())
        .isEqualTo(
            "FAIL token: expected I32 [4], found I32 [4], 3 of 4 equal, first difference at 2:"
                + " expected 7, found 9");
  }

  @Test
  void compare_fewerIntegers_differs() {
    Verdict verdict =
        Comparison.compare(
            "token", Tensor.ofInts(FOUR, 5, 6, 7, 8), Tensor.ofInts(Shape.of(3), 5, 6, 7), FIXED);
    assertThat(verdict.line())
        .isEqualTo("FAIL token: expected I32 [4], found I32 [3], 3 of 4 equal, 3 found");
  }

  @Test
  void compare_equalIntegersOfAnotherShape_differs() {
    Tensor tokens = Tensor.ofInts(FOUR, 5, 6, 7, 8);
    assertThat(Comparison.compare("token", tokens, tokens.reshape(2, 2), FIXED))
        .isInstanceOf(Verdict.IntegersDiffer.class);
  }

  @Test
  void compare_constantIntegers_areVacuousButALengthIsNot() {
    Tensor same = Tensor.ofInts(FOUR, 5, 5, 5, 5);
    Tensor length = Tensor.ofInts(Shape.of(1), 48);
    assertThat(Comparison.compare("mask", same, same, FIXED)).isInstanceOf(Verdict.Vacuous.class);
    assertThat(Comparison.compare("len", length, length, FIXED)).isInstanceOf(Verdict.Match.class);
  }

  @Test
  void compare_wideIntegers_areNotRounded() {
    Shape two = Shape.of(2);
    Tensor left = Tensor.of(DType.I64, two, MemorySegment.ofArray(new long[] {1, Long.MAX_VALUE}));
    Tensor right =
        Tensor.of(DType.I64, two, MemorySegment.ofArray(new long[] {1, Long.MAX_VALUE - 1}));
    assertThat(Comparison.compare("id", left, right, FIXED))
        .isInstanceOf(Verdict.IntegersDiffer.class);
  }
}
