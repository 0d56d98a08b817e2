package parity.tensors.random;

/**
 * How Intel MKL makes a float32 uniform number of a state of its generator MCG31m1. It depends on
 * the processor, and moves about one number in 400 by one unit in the last place.
 *
 * <p>Measured with PyTorch 2.3.1 (MKL 2022.1), ten million numbers each: exact with {@code
 * MKL_CBWR=COMPATIBLE} and the kernels for SSE4.2 and AVX, and {@link #SCALED} with those for AVX2
 * and AVX-512 of an Intel Xeon.
 */
public enum MklUniform {
  /** The state by 2^31 - 1, rounded once. */
  EXACT {
    @Override
    float of(long state) {
      return (float) ((double) state / Mcg31.MODULUS);
    }
  },

  /** The state rounded to float32, by 2^31. */
  SCALED {
    @Override
    float of(long state) {
      return (float) state * 0x1p-31f;
    }
  };

  /** The number of a state, in (0, 1]. */
  abstract float of(long state);
}
