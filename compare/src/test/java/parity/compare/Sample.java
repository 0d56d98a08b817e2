package parity.compare;

import java.util.Random;
import parity.compare.limits.Basis;
import parity.compare.limits.Limit;
import parity.compare.verdict.Judgement;
import parity.compare.verdict.Verdict;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** A reference, its truth residual and a candidate, float32, made of seeded noise. */
public record Sample(Tensor reference, Tensor residual, Tensor actual) {
  /** What rounding in some layers costs, relative to the signal. */
  public static final double NOISE = 3e-7;

  /** Reference and candidate with errors of their own of one size. */
  public static Sample noisy(long seed, Shape shape, double scale) {
    return noisy(seed, shape, scale, 1);
  }

  /** A candidate that is {@code noisier} times as noisy as the reference. */
  public static Sample noisy(long seed, Shape shape, double scale, double noisier) {
    Random random = new Random(seed);
    int n = Math.toIntExact(shape.elements());
    float[] reference = new float[n];
    float[] residual = new float[n];
    float[] actual = new float[n];
    for (int i = 0; i < n; i++) {
      double truth = random.nextGaussian() * scale;
      double size = scale * NOISE;
      reference[i] = (float) (truth + random.nextGaussian() * size);
      residual[i] = (float) (truth - reference[i]);
      actual[i] = (float) (truth + random.nextGaussian() * size * noisier);
    }
    return new Sample(
        Tensor.ofFloats(shape, reference),
        Tensor.ofFloats(shape, residual),
        Tensor.ofFloats(shape, actual));
  }

  /** The verdict by the truth, with a limit T. */
  public Verdict verdict(double t) {
    return Comparison.compare(
        "x", reference, actual, new Basis.Truth(residual, Limit.of(t, "test")));
  }

  public Verdict verdict() {
    return verdict(Limit.LOOSEST);
  }

  /** The figures of a verdict that came from a float64 truth. */
  public static Judgement.Noise noise(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Match(_, _, Judgement.Noise noise, _) -> noise;
      case Verdict.Mismatch(_, _, Judgement.Noise noise, _) -> noise;
      default -> throw new AssertionError(verdict.line());
    };
  }
}
