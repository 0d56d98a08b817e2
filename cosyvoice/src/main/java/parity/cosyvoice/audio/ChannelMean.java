package parity.cosyvoice.audio;

import java.util.Arrays;

/**
 * The mean over channels, rounded as {@code Tensor.mean(dim=0)} of PyTorch rounds it: float32 sums
 * in the order of its CPU kernel ({@code aten/src/ATen/native/cpu/SumKernel.cpp}, AVX2: 8 lanes),
 * which decides the last bit from three channels on.
 */
final class ChannelMean {
  private static final int LANES = 8;
  private static final int PARTIAL_SUMS = 4;

  private final int channels;

  ChannelMean(int channels) {
    this.channels = channels;
  }

  /**
   * @param frame one sample of each channel
   */
  float of(float[] frame) {
    return (channels < LANES ? strided(frame, 0, 1, channels) : vectored(frame)) / channels;
  }

  /**
   * What PyTorch's {@code vectorized_inner_sum} does: whole vectors by lane, the rest before them.
   */
  private float vectored(float[] frame) {
    int vectors = channels / LANES;
    float sum = 0;
    for (int i = vectors * LANES; i < channels; i++) {
      sum += frame[i];
    }
    for (int lane = 0; lane < LANES; lane++) {
      sum += strided(frame, lane, LANES, vectors);
    }
    return sum;
  }

  /** What PyTorch's {@code row_sum} does: four running sums, the rest added to the first. */
  private static float strided(float[] frame, int first, int step, int count) {
    float[] sums = new float[PARTIAL_SUMS];
    int whole = count / PARTIAL_SUMS * PARTIAL_SUMS;
    for (int i = 0; i < count; i++) {
      sums[i < whole ? i % PARTIAL_SUMS : 0] += frame[first + i * step];
    }
    float sum = sums[0];
    for (float other : Arrays.copyOfRange(sums, 1, PARTIAL_SUMS)) {
      sum += other;
    }
    return sum;
  }
}
