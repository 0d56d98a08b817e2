package parity.compare.noise;

import static com.google.common.truth.Truth.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parity.compare.Sample;
import parity.compare.verdict.Status;
import parity.compare.verdict.Verdict;
import parity.compare.view.TensorView;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

class TruthScanTest {
  private static final Shape SHAPE = Shape.of(64, 64);

  @Test
  void compare_oneValueOfTheTruthDamaged_saysWhere() {
    Sample sample = Sample.noisy(1, SHAPE, 1);
    sample.residual().setFloat(64 + 5, 0.25f);
    Verdict verdict = sample.verdict();
    assertThat(verdict).isInstanceOf(Verdict.TruthUnusable.class);
    assertThat(verdict.status()).isEqualTo(Status.NOT_COMPARED);
    assertThat(verdict.line()).contains("at [1, 5]");
  }

  @Test
  void compare_sixteenValuesOfTheTruthDamaged_isUnusable() {
    Sample sample = Sample.noisy(1, SHAPE, 1);
    for (int i = 0; i < 16; i++) {
      sample.residual().setFloat(i, 0.25f + i * 0.01f);
    }
    assertThat(sample.verdict()).isInstanceOf(Verdict.TruthUnusable.class);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void compare_truthNotFinite_isUnusable(float value) {
    Sample sample = Sample.noisy(1, SHAPE, 1);
    sample.residual().setFloat(7, value);
    assertThat(sample.verdict()).isInstanceOf(Verdict.TruthUnusable.class);
  }

  @Test
  void compare_truthOfAnotherShape_isUnusable() {
    Sample sample = Sample.noisy(1, SHAPE, 1);
    Sample other = new Sample(sample.reference(), sample.residual().reshape(4096), sample.actual());
    assertThat(other.verdict()).isInstanceOf(Verdict.TruthUnusable.class);
  }

  @Test
  void compare_truthOfIntegers_isUnusable() {
    Shape two = Shape.of(2);
    Sample sample =
        new Sample(
            Tensor.ofFloats(two, 1, 2), Tensor.ofInts(two, 0, 0), Tensor.ofFloats(two, 1, 2));
    assertThat(sample.verdict()).isInstanceOf(Verdict.TruthUnusable.class);
  }

  @Test
  void unusable_gapEitherSideOfTheLimit_decides() {
    assertThat(withLargest(8 * 0x1p-10f).unusable()).isEmpty();
    assertThat(withLargest(Math.nextUp(8 * 0x1p-10f)).unusable()).isPresent();
  }

  private static TruthScan scan(float[] reference, float[] residual) {
    return new TruthScan(
        TensorView.of(Tensor.ofFloats(SHAPE, reference)),
        TensorView.of(Tensor.ofFloats(SHAPE, residual)));
  }

  private static TruthScan withLargest(float largest) {
    float[] reference = new float[4096];
    float[] residual = new float[4096];
    Arrays.fill(reference, 1);
    Arrays.fill(residual, 0x1p-10f);
    residual[9] = largest;
    return scan(reference, residual);
  }

  @Test
  void unusable_noiseEitherSideOfATenth_decides() {
    assertThat(loud(1)).isEmpty();
    assertThat(loud(Math.nextUp(1f)).orElseThrow()).contains("of the rms");
  }

  /** The reference is 9 everywhere, so with a residual of 1 the truth is ten times that. */
  private static Optional<String> loud(float part) {
    float[] reference = new float[4096];
    float[] residual = new float[4096];
    Arrays.fill(reference, 9);
    Arrays.fill(residual, part);
    return scan(reference, residual).unusable();
  }

  @Test
  void unusable_oneRoundingInAnExactModule_isLawful() {
    float[] reference = new float[4096];
    float[] residual = new float[4096];
    Arrays.fill(reference, 1);
    residual[9] = Math.ulp(1f) / 2;
    TruthScan scan = scan(reference, residual);
    assertThat(scan.unusable()).isEmpty();
    assertThat(scan.floor())
        .isEqualTo(new Floor(DType.F32, 0x1p-24 / 64, 0x1p-24, scan.floor().truthRms(), 4096));
  }
}
