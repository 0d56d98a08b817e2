package parity.cosyvoice.audio;

/**
 * The mean of some float32, rounded as {@code Tensor.mean} of PyTorch rounds it over a contiguous
 * axis: float32 sums in the order of its CPU kernel ({@code aten/src/ATen/native/cpu/
 * SumKernel.cpp}, AVX2: 8 lanes). From three values on the order decides the last bit.
 */
public final class FloatMean {
  private static final int LANES = 8;
  private static final int PARTIAL_SUMS = 4;

  private FloatMean() {}

  /**
   * @param values fewer than 512; PyTorch sums more in blocks
   */
  public static float of(float[] values) {
    float sum = values.length < LANES ? strided(values, 0, 1, values.length) : vectored(values);
    return sum / values.length;
  }

  /**
   * What PyTorch's {@code vectorized_inner_sum} does: whole vectors by lane, the rest before them.
   */
  private static float vectored(float[] values) {
    int vectors = values.length / LANES;
    float sum = 0;
    for (int i = vectors * LANES; i < values.length; i++) {
      sum += values[i];
    }
    for (int lane = 0; lane < LANES; lane++) {
      sum += strided(values, lane, LANES, vectors);
    }
    return sum;
  }

  /** What PyTorch's {@code row_sum} does: four running sums, the rest added to the first. */
  private static float strided(float[] values, int first, int step, int count) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int whole = count / PARTIAL_SUMS * PARTIAL_SUMS;
    for (int i = 0; i < whole; i += PARTIAL_SUMS) {
      int at = first + i * step;
      a += values[at];
      b += values[at + step];
      c += values[at + 2 * step];
      d += values[at + 3 * step];
    }
    for (int i = whole; i < count; i++) {
      a += values[first + i * step];
    }
    return a + b + c + d;
  }
}
