package parity.cosyvoice.audio;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;

/** Sums in which the order decides, each worked out by hand. */
final class FloatMeanTest {
  private static final float BIG = 0x1p24f;

  @Test
  void of_oneValue_isThatValue() {
    assertThat(FloatMean.of(new float[] {0.1f})).isEqualTo(0.1f);
  }

  @Test
  void of_twoValues_isTheirMean() {
    assertThat(FloatMean.of(new float[] {0.25f, -0.75f})).isEqualTo(-0.25f);
  }

  @Test
  void of_sixValues_addsTheFifthAndSixthToTheFirst() {
    // (BIG + 1 + 1) loses both ones; then + 0 + 0 + 0.
    assertThat(FloatMean.of(new float[] {BIG, 0, 0, 0, 1, 1})).isEqualTo(BIG / 6);
    // (0 + 1 + 1) keeps them; then + BIG.
    assertThat(FloatMean.of(new float[] {0, BIG, 0, 0, 1, 1})).isEqualTo((BIG + 2) / 6);
  }

  @Test
  void of_tenValues_addsTheNinthAndTenthFirst() {
    assertThat(FloatMean.of(new float[] {BIG, 0, 0, 0, 0, 0, 0, 0, 1, 1}))
        .isEqualTo((BIG + 2) / 10);
    assertThat(FloatMean.of(new float[] {BIG, 1, 1, 0, 0, 0, 0, 0, 0, 0})).isEqualTo(BIG / 10);
  }
}
