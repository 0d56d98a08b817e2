package parity.tensors.random;

import parity.tensors.Tensor;

/**
 * Turns uniform numbers into normal ones in blocks of 16, number j with number j + 8, in the
 * float32 arithmetic of PyTorch's AVX2 code, which its AVX-512 builds run too. Its logarithm, sine
 * and cosine are the single-precision Cephes polynomials; products that the compiler fused with the
 * sum behind them are fused here. The order of operations decides the last bits, and near a
 * multiple of pi many more, so nothing here may be simplified.
 *
 * <p>Reference: PyTorch 2.3.1, ATen/native/cpu/DistributionTemplates.h {@code normal_fill_AVX2} and
 * ATen/native/cpu/avx_mathfun.h; Moshier's Cephes, single/logf.c and sinf.c.
 */
final class BoxMuller {
  static final int BLOCK = 16;

  private static final float TWO_PI = (float) (2 * Math.PI);
  private static final float FOUR_OVER_PI = 1.2732395f;
  private static final float SQRT_HALF = 7.0710677e-1f;

  private static final float[] LOG = {
    7.0376836e-2f,
    -1.151461e-1f,
    1.16769984e-1f,
    -1.2420141e-1f,
    1.4249323e-1f,
    -1.6668057e-1f,
    2.0000714e-1f,
    -2.4999994e-1f,
    3.333333e-1f,
  };

  /** ln 2 in two parts, the second of which multiplies a small whole number exactly. */
  private static final float LN2_LOW = -2.1219444e-4f;

  private static final float LN2_HIGH = 6.933594e-1f;

  /** -pi/4 in three parts. */
  private static final float[] MINUS_QUARTER_PI = {
    -7.8515625e-1f, -2.4187565e-4f, -3.774895e-8f,
  };

  private static final float[] COS = {
    2.4433157e-5f, -1.3887316e-3f, 4.1666646e-2f,
  };

  private static final float[] SIN = {
    -1.9515296e-4f, 8.332161e-3f, -1.6666655e-1f,
  };

  private BoxMuller() {}

  /** Transforms the 16 elements from {@code start} on, uniform in [0, 1), in place. */
  static void transform(Tensor data, long start, float mean, float std) {
    for (long j = start; j < start + BLOCK / 2; j++) {
      float radius = (float) Math.sqrt(-2.0f * log(1.0f - data.getFloat(j)));
      float theta = TWO_PI * data.getFloat(j + BLOCK / 2);
      int octant = ((int) (theta * FOUR_OVER_PI) + 1) & ~1;
      float x = reduce(theta, octant);
      float cosine = cosine(x);
      float sine = sine(x);
      boolean swapped = (octant & 2) != 0;
      float c = swapped ? sine : cosine;
      float s = swapped ? cosine : sine;
      boolean cosineNegative = ((octant - 2) & 4) == 0;
      boolean sineNegative = (octant & 4) != 0;
      data.setFloat(j, Math.fma(radius * (cosineNegative ? -c : c), std, mean));
      data.setFloat(j + BLOCK / 2, Math.fma(radius * (sineNegative ? -s : s), std, mean));
    }
  }

  /** Natural logarithm of a number in (0, 1]. */
  static float log(float value) {
    int bits = Float.floatToRawIntBits(value);
    float exponent = (bits >>> 23) - 126;
    float mantissa = Float.intBitsToFloat((bits & 0x007fffff) | 0x3f000000);
    float x = mantissa - 1.0f;
    if (mantissa < SQRT_HALF) {
      exponent -= 1.0f;
      x += mantissa;
    }
    float z = x * x;
    float y = polynomial(LOG, x) * x;
    y = Math.fma(y, z, exponent * LN2_LOW);
    y = Math.fma(z, -0.5f, y);
    return Math.fma(exponent, LN2_HIGH, x + y);
  }

  /** The angle less the multiple {@code octant} of pi/4 next to it. */
  private static float reduce(float theta, int octant) {
    float x = theta;
    for (float part : MINUS_QUARTER_PI) {
      x = Math.fma(octant, part, x);
    }
    return x;
  }

  private static float cosine(float x) {
    float z = x * x;
    float y = polynomial(COS, z) * z;
    return Math.fma(y, z, -0.5f * z) + 1.0f;
  }

  private static float sine(float x) {
    float z = x * x;
    return Math.fma(polynomial(SIN, z) * z, x, x);
  }

  private static float polynomial(float[] coefficients, float x) {
    float y = coefficients[0];
    for (int i = 1; i < coefficients.length; i++) {
      y = Math.fma(y, x, coefficients[i]);
    }
    return y;
  }
}
