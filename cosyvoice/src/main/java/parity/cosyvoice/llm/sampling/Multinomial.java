package parity.cosyvoice.llm.sampling;

import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.random.TorchGenerator;

/**
 * {@code torch.multinomial(prob, 1, replacement=True)}: chooses one of several by their weights.
 */
@FunctionalInterface
public interface Multinomial {
  /**
   * Chooses.
   *
   * @param prob float32 [n], none below 0; they need not add up to 1
   * @return an index, 0 to n - 1
   */
  int choose(Tensor prob);

  /**
   * As PyTorch does on the CPU, with numbers of {@code generator}.
   *
   * <p>Reference: PyTorch 2.3.1, ATen/native/Distributions.cpp, {@code multinomial_out}.
   */
  static Multinomial of(TorchGenerator generator) {
    return prob -> {
      Tensor draw = draw(prob.elements(), generator);
      return choice(prob, draw);
    };
  }

  /** The exponential numbers behind one choice among {@code n}, float32 [n]. */
  static Tensor draw(long n, TorchGenerator generator) {
    Tensor draw = Tensor.ofFloats(Shape.of(n), new float[Math.toIntExact(n)]);
    generator.exponential(draw);
    return draw;
  }

  /**
   * What exponential numbers make of weights: the greatest quotient wins, the first of equals.
   *
   * @param prob float32 [n], n above 0
   * @param draw float32 [n], all above 0
   */
  static int choice(Tensor prob, Tensor draw) {
    int best = 0;
    float greatest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < prob.elements(); i++) {
      float quotient = prob.getFloat(i) / draw.getFloat(i);
      if (quotient > greatest) {
        best = i;
        greatest = quotient;
      }
    }
    return best;
  }
}
