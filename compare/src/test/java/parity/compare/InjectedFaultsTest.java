package parity.compare;

import static com.google.common.truth.Truth.assertWithMessage;

import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parity.compare.limits.Basis;
import parity.compare.limits.Limit;
import parity.compare.verdict.Status;
import parity.compare.verdict.Verdict;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/**
 * Faults that ports make, put into a small float32 layer: normalisation, two heads of causal
 * attention, a projection and a residual. None may be PASS, and no other order of summation FAIL.
 */
class InjectedFaultsTest {
  private static final int FRAMES = 48;
  private static final int DIM = 64;
  private static final int HEAD = DIM / 2;
  private static final Shape SHAPE = Shape.of(1, FRAMES, DIM);
  private static final double EPSILON = 1e-6;

  enum Variant {
    BACKWARDS,
    BLOCKS_OF_8,
    FUSED,
    IN_DOUBLE
  }

  enum Fault {
    WEIGHTS_IN_BFLOAT16,
    ONE_WEIGHT_NUDGED,
    WEIGHT_TRANSPOSED,
    BIAS_LEFT_OUT,
    RESIDUAL_LEFT_OUT,
    EPSILON_1E_3,
    SCALE_LEFT_OUT,
    MASK_SEES_ONE_AHEAD,
    HEADS_SWAPPED,
    KEYS_FOR_VALUES,
    FRAME_REPEATED,
    SHIFTED_BY_A_FRAME,
    CHANNELS_SWAPPED,
    SIGN_FLIPPED,
    SCALED_BY_A_THOUSANDTH,
    LAST_FRAME_ZERO,
    LAST_FRAME_NAN
  }

  private final float[] input = gaussian(1, FRAMES * DIM, 1);
  private final float[] query = gaussian(2, DIM * DIM, 0.125);
  private final float[] key = gaussian(3, DIM * DIM, 0.125);
  private final float[] value = gaussian(4, DIM * DIM, 0.125);
  private final float[] out = gaussian(5, DIM * DIM, 0.125);
  private final float[] bias = gaussian(6, DIM, 0.1);

  private static float[] gaussian(long seed, int count, double scale) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void compare_anotherOrderOfSummation_passes(Variant variant) {
    Verdict verdict =
        verdict(
            switch (variant) {
              case BACKWARDS -> new Layer(Sum.BACKWARDS).forward();
              case BLOCKS_OF_8 -> new Layer(Sum.BLOCKS).forward();
              case FUSED -> new Layer(Sum.FUSED).forward();
              case IN_DOUBLE -> new Layer(Sum.DOUBLE).forward();
            },
            Limit.TIGHTEST);
    assertWithMessage(verdict.line()).that(verdict.status()).isEqualTo(Status.PASS);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void compare_fault_isRed(Fault fault) {
    Verdict verdict = verdict(faulty(fault), Limit.LOOSEST);
    assertWithMessage(verdict.line()).that(verdict.status()).isEqualTo(Status.FAIL);
  }

  private double[] faulty(Fault fault) {
    Layer layer = new Layer(Sum.BACKWARDS);
    switch (fault) {
      case WEIGHTS_IN_BFLOAT16 -> layer.out = each(out, InjectedFaultsTest::brain);
      case ONE_WEIGHT_NUDGED -> layer.out = nudged(out);
      case WEIGHT_TRANSPOSED -> layer.out = transposed(out);
      case BIAS_LEFT_OUT -> layer.bias = new float[DIM];
      case RESIDUAL_LEFT_OUT -> layer.residual = 0;
      case EPSILON_1E_3 -> layer.epsilon = 1e-3;
      case SCALE_LEFT_OUT -> layer.scale = 1;
      case MASK_SEES_ONE_AHEAD -> layer.ahead = 1;
      case HEADS_SWAPPED -> layer.firstHead = 1;
      case KEYS_FOR_VALUES -> layer.value = key;
      default -> {
        return damaged(layer.forward(), fault);
      }
    }
    return layer.forward();
  }

  private static double[] damaged(double[] y, Fault fault) {
    double[] good = y.clone();
    switch (fault) {
      case FRAME_REPEATED -> System.arraycopy(good, 20 * DIM, y, 21 * DIM, DIM);
      case SHIFTED_BY_A_FRAME -> System.arraycopy(good, 0, y, DIM, y.length - DIM);
      case CHANNELS_SWAPPED -> {
        for (int t = 0; t < FRAMES; t++) {
          y[t * DIM + 3] = good[t * DIM + 4];
          y[t * DIM + 4] = good[t * DIM + 3];
        }
      }
      case SIGN_FLIPPED -> Arrays.setAll(y, i -> -good[i]);
      case SCALED_BY_A_THOUSANDTH -> Arrays.setAll(y, i -> good[i] * 1.001);
      case LAST_FRAME_ZERO -> Arrays.fill(y, y.length - DIM, y.length, 0);
      case LAST_FRAME_NAN -> Arrays.fill(y, y.length - DIM, y.length, Double.NaN);
      default -> throw new AssertionError(fault);
    }
    return y;
  }

  private static float[] each(float[] weights, UnaryOperator<Float> change) {
    float[] changed = weights.clone();
    for (int i = 0; i < changed.length; i++) {
      changed[i] = change.apply(changed[i]);
    }
    return changed;
  }

  private static float brain(float value) {
    return Float.intBitsToFloat((Float.floatToRawIntBits(value) + 0x8000) & 0xffff0000);
  }

  private static float[] nudged(float[] weights) {
    float[] changed = weights.clone();
    changed[7 * DIM + 9] *= 1.01f;
    return changed;
  }

  private static float[] transposed(float[] weights) {
    float[] changed = weights.clone();
    for (int i = 0; i < weights.length; i++) {
      changed[i] = weights[i % DIM * DIM + i / DIM];
    }
    return changed;
  }

  private Verdict verdict(double[] actual, double t) {
    double[] reference = new Layer(Sum.FORWARDS).forward();
    double[] truth = new Layer(Sum.EXACT).forward();
    double[] residual = new double[truth.length];
    Arrays.setAll(residual, i -> truth[i] - (float) reference[i]);
    return Comparison.compare(
        "layer",
        floats(reference),
        floats(actual),
        new Basis.Truth(floats(residual), Limit.of(t, "test")));
  }

  private static Tensor floats(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return Tensor.ofFloats(SHAPE, narrow);
  }

  /** How a dot product is added up, and whether each result is rounded to float32. */
  private enum Sum {
    FORWARDS,
    BACKWARDS,
    BLOCKS,
    FUSED,
    DOUBLE,
    EXACT;

    double round(double value) {
      return this == EXACT ? value : (float) value;
    }

    double dot(double[] a, int atA, double[] b, int atB, int stepB, int count) {
      double sum = 0;
      double block = 0;
      for (int k = 0; k < count; k++) {
        int i = this == BACKWARDS ? count - 1 - k : k;
        double x = a[atA + i];
        double y = b[atB + i * stepB];
        switch (this) {
          case FORWARDS, BACKWARDS -> sum = (float) (sum + (float) (x * y));
          case BLOCKS -> {
            block = (float) (block + (float) (x * y));
            if (k % 8 == 7 || k == count - 1) {
              sum = (float) (sum + block);
              block = 0;
            }
          }
          case FUSED -> sum = Math.fma((float) x, (float) y, (float) sum);
          case DOUBLE, EXACT -> sum += x * y;
        }
      }
      return round(sum);
    }
  }

  /** The layer; its fields are what a fault changes. */
  private final class Layer {
    private final Sum sum;
    private float[] value = InjectedFaultsTest.this.value;
    private float[] out = InjectedFaultsTest.this.out;
    private float[] bias = InjectedFaultsTest.this.bias;
    private double residual = 1;
    private double epsilon = EPSILON;
    private double scale = 1 / Math.sqrt(HEAD);
    private int ahead;
    private int firstHead;

    Layer(Sum sum) {
      this.sum = sum;
    }

    double[] forward() {
      double[] normal = normalised();
      double[] queries = linear(normal, query);
      double[] keys = linear(normal, key);
      double[] values = linear(normal, value);
      double[] mixed = new double[FRAMES * DIM];
      for (int t = 0; t < FRAMES; t++) {
        for (int head = 0; head < 2; head++) {
          attend(t, head, queries, keys, values, mixed);
        }
      }
      double[] projected = linear(mixed, out);
      for (int i = 0; i < projected.length; i++) {
        double biased = sum.round(projected[i] + bias[i % DIM]);
        projected[i] = sum.round(biased + residual * input[i]);
      }
      return projected;
    }

    private double[] normalised() {
      double[] ones = new double[DIM];
      Arrays.fill(ones, 1);
      double[] normal = new double[FRAMES * DIM];
      for (int t = 0; t < FRAMES; t++) {
        double[] centred = new double[DIM];
        for (int d = 0; d < DIM; d++) {
          centred[d] = input[t * DIM + d];
        }
        double mean = sum.round(sum.dot(centred, 0, ones, 0, 1, DIM) / DIM);
        for (int d = 0; d < DIM; d++) {
          centred[d] = sum.round(centred[d] - mean);
        }
        double variance = sum.round(sum.dot(centred, 0, centred, 0, 1, DIM) / DIM);
        double deviation = sum.round(Math.sqrt(sum.round(variance + epsilon)));
        for (int d = 0; d < DIM; d++) {
          normal[t * DIM + d] = sum.round(centred[d] / deviation);
        }
      }
      return normal;
    }

    private double[] linear(double[] x, float[] weight) {
      double[] wide = new double[weight.length];
      Arrays.setAll(wide, i -> weight[i]);
      double[] y = new double[FRAMES * DIM];
      for (int i = 0; i < y.length; i++) {
        y[i] = sum.dot(x, i / DIM * DIM, wide, i % DIM * DIM, 1, DIM);
      }
      return y;
    }

    private void attend(
        int t, int head, double[] queries, double[] keys, double[] values, double[] mixed) {
      int seen = Math.min(t + 1 + ahead, FRAMES);
      int at = head * HEAD;
      double[] weights = new double[seen];
      double largest = Double.NEGATIVE_INFINITY;
      for (int s = 0; s < seen; s++) {
        double score = sum.dot(queries, t * DIM + at, keys, s * DIM + at, 1, HEAD);
        weights[s] = sum.round(score * scale);
        largest = Math.max(largest, weights[s]);
      }
      double total = 0;
      for (int s = 0; s < seen; s++) {
        weights[s] = sum.round(Math.exp(weights[s] - largest));
        total = sum.round(total + weights[s]);
      }
      for (int s = 0; s < seen; s++) {
        weights[s] = sum.round(weights[s] / total);
      }
      int into = (head + firstHead) % 2 * HEAD;
      for (int d = 0; d < HEAD; d++) {
        mixed[t * DIM + into + d] = sum.dot(weights, 0, values, at + d, DIM, seen);
      }
    }
  }
}
