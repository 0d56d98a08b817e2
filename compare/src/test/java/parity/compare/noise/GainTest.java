package parity.compare.noise;

import static com.google.common.truth.Truth.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import parity.compare.Comparison;
import parity.compare.limits.Basis;
import parity.compare.limits.Limit;
import parity.compare.verdict.Breach;
import parity.compare.verdict.Judgement;
import parity.compare.verdict.Verdict;
import parity.tensors.Shape;
import parity.tensors.Tensor;

class GainTest {
  private static final int N = 1 << 16;

  /** A candidate with noise of one floor, and the truth times {@code beta} on top. */
  private static Judgement.Noise judged(double beta, Limit limit) {
    Random random = new Random(3);
    float[] reference = new float[N];
    float[] residual = new float[N];
    float[] actual = new float[N];
    for (int i = 0; i < N; i++) {
      double truth = random.nextGaussian();
      reference[i] = (float) (truth + 1e-6 * random.nextGaussian());
      residual[i] = (float) (truth - reference[i]);
      actual[i] = (float) (truth * (1 + beta) + 1e-6 * random.nextGaussian());
    }
    Shape shape = Shape.of(N / 64, 64);
    Verdict verdict =
        Comparison.compare(
            "x",
            Tensor.ofFloats(shape, reference),
            Tensor.ofFloats(shape, actual),
            new Basis.Truth(Tensor.ofFloats(shape, residual), limit));
    return (Judgement.Noise)
        switch (verdict) {
          case Verdict.Match match -> match.judgement();
          case Verdict.Mismatch mismatch -> mismatch.judgement();
          default -> throw new AssertionError(verdict.line());
        };
  }

  private static final Limit LIMIT = Limit.calibrated(1, 1, 1, 1e-8, "test");

  @Test
  void of_noise_isNoGain() {
    Judgement.Noise noise = judged(0, LIMIT);
    assertThat(noise.gain().z()).isLessThan(5.0);
    assertThat(noise.breaches()).isEmpty();
  }

  @Test
  void of_gainBelowTheNoise_isRedForThatAlone() {
    Judgement.Noise noise = judged(3e-7, LIMIT);
    assertThat(noise.sigma()).isLessThan(1.2);
    assertThat(noise.gain().beta()).isWithin(2e-8).of(3e-7);
    assertThat(noise.gain().z()).isGreaterThan(Gain.CERTAIN);
    assertThat(noise.breaches().stream().map(Breach::rule)).containsExactly(Breach.Rule.GAIN);
    assertThat(noise.breaches().getFirst().toString()).contains("times the noise of the mean");
  }

  @Test
  void of_gainOfALegalVariantsSize_isLawful() {
    assertThat(judged(3e-7, Limit.calibrated(1, 1, 1, 1e-7, "test")).breaches()).isEmpty();
    assertThat(judged(3e-7, Limit.of(2, "not calibrated")).breaches()).isEmpty();
  }

  @Test
  void of_truthOfZeros_isNone() {
    assertThat(Gain.of(0, 0, 1, 10)).isEqualTo(new Gain(0, 0));
    assertThat(Gain.of(0, 1, 0, 10)).isEqualTo(new Gain(0, 0));
  }
}
