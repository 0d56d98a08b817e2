package parity.tensors.random;

/**
 * Intel MKL's multiplicative congruential generator {@code VSL_BRNG_MCG31}, from which PyTorch's
 * x86 builds take what {@code exponential_} draws.
 *
 * <p>Reference: Intel MKL Vector Statistics Notes, MCG31m1; L'Ecuyer, 1999.
 */
final class Mcg31 {
  static final long MODULUS = (1L << 31) - 1;
  private static final long MULTIPLIER = 1132489760;

  private final MklUniform uniform;
  private long state;

  /**
   * Starts at a seed.
   *
   * @param seed 32 bits without a sign, of which the remainder counts; 0 would only give 0, and is
   *     taken for 1
   * @param uniform how a state becomes a number
   */
  Mcg31(int seed, MklUniform uniform) {
    this.uniform = uniform;
    state = Integer.toUnsignedLong(seed) % MODULUS;
    if (state == 0) {
      state = 1;
    }
  }

  /** A float32 in (0, 1]: the 64 greatest states round to 1. The first is of the seed itself. */
  float next() {
    float number = uniform.of(state);
    state = MULTIPLIER * state % MODULUS;
    return number;
  }
}
