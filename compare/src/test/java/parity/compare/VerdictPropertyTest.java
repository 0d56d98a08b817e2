package parity.compare;

import static com.google.common.truth.Truth.assertThat;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import parity.compare.verdict.Judgement;
import parity.compare.verdict.Status;
import parity.tensors.Shape;
import parity.tensors.Tensor;

class VerdictPropertyTest {
  /** Whatever the unit of a tensor is, the verdict is the same, and so are its figures. */
  @Property(tries = 200)
  void compare_everythingScaled_keepsTheVerdict(
      @ForAll @IntRange(min = 2, max = 40) int rows,
      @ForAll @IntRange(min = 2, max = 40) int columns,
      @ForAll @IntRange(min = 1, max = 12) int noisier,
      @ForAll Random random) {
    Sample sample = Sample.noisy(random.nextLong(), Shape.of(rows, columns), 1, noisier);
    Judgement.Noise plain = Sample.noise(sample.verdict());
    for (double factor : new double[] {0x1p-30, 0x1p-10, 0x1p10, 0x1p30}) {
      Sample other = scaled(sample, x -> x * factor);
      assertThat(other.verdict().status()).isEqualTo(sample.verdict().status());
      Judgement.Noise noise = Sample.noise(other.verdict());
      assertThat(noise.sigma()).isEqualTo(plain.sigma());
      assertThat(noise.worstElement()).isEqualTo(plain.worstElement());
    }
  }

  /** A thousand is no power of two, so the scaled numbers are rounded, below the noise. */
  @Property(tries = 100)
  void compare_everythingTimesAThousand_keepsSigma(
      @ForAll @IntRange(min = 20, max = 60) int rows, @ForAll Random random) {
    Sample sample = Sample.noisy(random.nextLong(), Shape.of(rows, 50), 1);
    double plain = Sample.noise(sample.verdict()).sigma();
    for (double factor : new double[] {1000, 0.001}) {
      Sample other = scaled(sample, x -> x * factor);
      assertThat(Sample.noise(other.verdict()).sigma()).isWithin(0.1 * plain).of(plain);
      assertThat(other.verdict().status()).isEqualTo(Status.PASS);
    }
  }

  private static Sample scaled(Sample sample, DoubleUnaryOperator scale) {
    return new Sample(
        each(sample.reference(), scale),
        each(sample.residual(), scale),
        each(sample.actual(), scale));
  }

  private static Tensor each(Tensor tensor, DoubleUnaryOperator change) {
    float[] values = tensor.toFloats();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) change.applyAsDouble(values[i]);
    }
    return Tensor.ofFloats(tensor.shape(), values);
  }

  /** No noise of the reference's own size is ever FAIL, whatever the shape. */
  @Property(tries = 500)
  void compare_noiseOfTheReferencesSize_passes(
      @ForAll @IntRange(min = 1, max = 3) int batch,
      @ForAll @IntRange(min = 1, max = 60) int frames,
      @ForAll @IntRange(min = 4, max = 60) int channels,
      @ForAll Random random) {
    Sample sample = Sample.noisy(random.nextLong(), Shape.of(batch, frames, channels), 1);
    assertThat(sample.verdict().status()).isEqualTo(Status.PASS);
  }
}
