package parity.tensors.random;

import parity.tensors.Tensor;

/**
 * PyTorch's random numbers on the CPU: what {@code torch.rand}, {@code torch.randn} and {@code
 * torch.nn.init} give after {@code torch.manual_seed(seed)} on an x86 processor with AVX2 or
 * AVX-512, and {@code exponential_} where PyTorch is built with Intel's MKL, as it is for x86.
 *
 * <p>Reference: PyTorch 2.3.1, ATen/CPUGeneratorImpl.cpp, ATen/core/DistributionsHelper.h,
 * ATen/native/cpu/DistributionTemplates.h, ATen/native/cpu/DistributionKernels.cpp. Not safe for
 * use by several threads.
 */
public final class TorchGenerator {
  private static final float UNIFORM_STEP = 0x1p-24f;
  private static final double UNIFORM_STEP_64 = 0x1p-53;

  private final MklUniform uniform;
  private MersenneTwister words;
  private double secondNormal = Double.NaN;

  /** A generator whose exponential numbers come of exact uniform ones. */
  public TorchGenerator(long seed) {
    this(seed, MklUniform.EXACT);
  }

  /**
   * A generator.
   *
   * @param uniform how MKL makes what exponential numbers come of
   */
  public TorchGenerator(long seed, MklUniform uniform) {
    this.uniform = uniform;
    this.words = new MersenneTwister((int) seed);
  }

  /** {@code torch.manual_seed}: starts anew. As in PyTorch, only the low 32 bits count. */
  public void manualSeed(long seed) {
    words = new MersenneTwister((int) seed);
    secondNormal = Double.NaN;
  }

  /** The next 32 random bits. */
  public int random() {
    return words.next();
  }

  /** The next 64 random bits: two words, the first of them on top. */
  public long random64() {
    long high = words.next();
    return (high << 32) | Integer.toUnsignedLong(words.next());
  }

  /** Passes over {@code words} 32-bit words, as if they had been drawn. */
  public void skip(long words) {
    if (words < 0) {
      throw new IllegalArgumentException("cannot skip " + words + " words");
    }
    this.words.skip(words);
  }

  /** A float32 in [0, 1), from 24 bits of one word. */
  public float uniform() {
    return (words.next() & 0xffffff) * UNIFORM_STEP;
  }

  /** A float64 in [0, 1), from 53 bits of two words. */
  public double uniform64() {
    return (random64() & ((1L << 53) - 1)) * UNIFORM_STEP_64;
  }

  /** {@code torch.rand}: fills a float32 tensor with numbers in [0, 1), one word for each. */
  public void rand(Tensor out) {
    for (long i = 0; i < out.elements(); i++) {
      out.setFloat(i, uniform());
    }
  }

  /** {@code tensor.uniform_(from, to)}: float32 numbers in [from, to), one word for each. */
  public void uniform(Tensor out, double from, double to) {
    float low = (float) from;
    float span = (float) to - low;
    for (long i = 0; i < out.elements(); i++) {
      out.setFloat(i, Math.fma(uniform(), span, low));
    }
  }

  /** {@code torch.randn}: fills a float32 tensor with normal numbers. */
  public void randn(Tensor out) {
    normal(out, 0, 1);
  }

  /**
   * {@code tensor.normal_(mean, std)} of a contiguous float32 tensor. From 16 elements on, blocks
   * of 16 uniform numbers are transformed together, and where the last block is cut short, the last
   * 16 elements are drawn once more.
   */
  public void normal(Tensor out, double mean, double std) {
    long size = out.elements();
    if (size < BoxMuller.BLOCK) {
      for (long i = 0; i < size; i++) {
        out.setFloat(i, (float) (normal64() * std + mean));
      }
      return;
    }
    rand(out);
    for (long i = 0; i + BoxMuller.BLOCK <= size; i += BoxMuller.BLOCK) {
      BoxMuller.transform(out, i, (float) mean, (float) std);
    }
    if (size % BoxMuller.BLOCK != 0) {
      long last = size - BoxMuller.BLOCK;
      for (long i = last; i < size; i++) {
        out.setFloat(i, uniform());
      }
      BoxMuller.transform(out, last, (float) mean, (float) std);
    }
  }

  /**
   * {@code tensor.exponential_(1)} of a float32 tensor: one word, however many elements, seeds a
   * generator of MKL's. The numbers are above 0. MKL's logarithm is not the nearest float32: 55 to
   * 92 % of the numbers are PyTorch's to the bit, by the processor, and the others differ by up to
   * 1 (generic code), 2 (AVX-512) or 4 units in the last place (SSE4.2, AVX, AVX2; ten million
   * numbers each), if the uniform numbers are made as there.
   */
  public void exponential(Tensor out) {
    var numbers = new Mcg31(words.next(), uniform);
    for (long i = 0; i < out.elements(); i++) {
      float exponential = (float) -Math.log(numbers.next());
      out.setFloat(i, Math.max(exponential, Float.MIN_NORMAL));
    }
  }

  /** Leaves the generator as {@link #normal} of a tensor of that many elements does. */
  public void skipNormal(long elements) {
    if (elements >= BoxMuller.BLOCK) {
      skip(elements + (elements % BoxMuller.BLOCK == 0 ? 0 : BoxMuller.BLOCK));
    } else {
      for (long i = 0; i < elements; i++) {
        normal64();
      }
    }
  }

  /** A float64 normal number; they come in pairs, and the second is kept for the next call. */
  private double normal64() {
    if (!Double.isNaN(secondNormal)) {
      double second = secondNormal;
      secondNormal = Double.NaN;
      return second;
    }
    double u1 = uniform64();
    double u2 = uniform64();
    double radius = Math.sqrt(-2 * Math.log1p(-u2));
    double theta = 2 * Math.PI * u1;
    secondNormal = radius * Math.sin(theta);
    return radius * Math.cos(theta);
  }
}
