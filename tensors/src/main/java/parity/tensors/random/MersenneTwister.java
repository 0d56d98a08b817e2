package parity.tensors.random;

/**
 * MT19937 as PyTorch has it: 624 words of state, seeded by one 32-bit number.
 *
 * <p>Reference: Matsumoto and Nishimura, 1998; PyTorch's ATen/core/MT19937RNGEngine.h.
 */
final class MersenneTwister {
  private static final int WORDS = 624;
  private static final int MIDDLE = 397;

  private final int[] state = new int[WORDS];
  private int next = WORDS;

  MersenneTwister(int seed) {
    state[0] = seed;
    for (int i = 1; i < WORDS; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /** The next 32 bits. */
  int next() {
    if (next == WORDS) {
      twist();
    }
    int word = state[next++];
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return word ^ (word >>> 18);
  }

  /** Passes over {@code words} words: a whole state of them costs no more than its renewal. */
  void skip(long words) {
    while (words > WORDS - next) {
      words -= WORDS - next;
      twist();
    }
    next += (int) words;
  }

  private void twist() {
    for (int i = 0; i < WORDS - MIDDLE; i++) {
      state[i] = state[i + MIDDLE] ^ mix(state[i], state[i + 1]);
    }
    for (int i = WORDS - MIDDLE; i < WORDS - 1; i++) {
      state[i] = state[i + MIDDLE - WORDS] ^ mix(state[i], state[i + 1]);
    }
    state[WORDS - 1] = state[MIDDLE - 1] ^ mix(state[WORDS - 1], state[0]);
    next = 0;
  }

  private static int mix(int high, int low) {
    int bits = (high & 0x80000000) | (low & 0x7fffffff);
    return (bits >>> 1) ^ (-(bits & 1) & 0x9908b0df);
  }
}
