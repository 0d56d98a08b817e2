package parity.compare;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import parity.compare.limits.Basis;
import parity.compare.verdict.Status;
import parity.compare.verdict.Verdict;
import parity.tensors.Shape;
import parity.tensors.Tensor;

class PerElementTest {
  private static final Shape SHAPE = Shape.of(1, 3);
  private static final Tensor EXPECTED = Tensor.ofFloats(SHAPE, 1, 2, 4);
  private static final double STEP = Math.ulp(2f);

  private static Verdict compare(double limit, float second) {
    Tensor limits = Tensor.ofDoubles(SHAPE, 0.5, limit, 0);
    return Comparison.compare(
        "mel",
        EXPECTED,
        Tensor.ofFloats(SHAPE, 1, second, 4),
        new Basis.PerElement(limits, "of this test"));
  }

  @Test
  void compare_differenceIsItsLimit_matches() {
    assertThat(compare(STEP, Math.nextUp(2f)).status()).isEqualTo(Status.PASS);
  }

  @Test
  void compare_limitOneUlpBelowTheDifference_differsAndSaysWhere() {
    Verdict verdict = compare(Math.nextDown(STEP), Math.nextUp(2f));
    assertThat(verdict.status()).isEqualTo(Status.FAIL);
    assertThat(verdict.line()).contains("at [0, 1] expected 2.0, found 2.000000");
    assertThat(verdict.line()).contains("of this test");
  }

  @Test
  void compare_limitZeroAndEqual_matches() {
    assertThat(compare(0, 2).status()).isEqualTo(Status.PASS);
  }

  @Test
  void compare_limitZeroAndAnyDifference_differs() {
    assertThat(compare(0, Math.nextUp(2f)).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void compare_limitIsNotANumber_differs() {
    assertThat(compare(Double.NaN, Math.nextUp(2f)).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void compare_limitsOfAnotherShape_areRefused() {
    Tensor limits = Tensor.ofDoubles(Shape.of(3), 1, 1, 1);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Comparison.compare(
                "mel",
                EXPECTED,
                Tensor.ofFloats(SHAPE, 1, 2, 5),
                new Basis.PerElement(limits, "")));
  }
}
