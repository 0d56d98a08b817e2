package parity.compare;

import static com.google.common.truth.Truth.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parity.compare.limits.Basis;
import parity.compare.limits.Limit;
import parity.compare.limits.Storage;
import parity.compare.verdict.Status;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** Numbers that were rounded once more to be stored. */
final class StoredTest {
  private static final Shape SHAPE = Shape.of(1, 16, 40);
  private static final int SIZE = 640;

  private final Random random = new Random(8);
  private final double[] truth = random.doubles(SIZE, -3, 3).toArray();
  private final Tensor reference = rounded(1e-7);
  private final Tensor residual = residual();

  /** The truth with noise, in float32. */
  private Tensor rounded(double noise) {
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) (truth[i] * (1 + noise * random.nextGaussian()));
    }
    return Tensor.ofFloats(SHAPE, values);
  }

  private Tensor residual() {
    double[] values = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = truth[i] - reference.getFloat(i);
    }
    return Tensor.ofDoubles(SHAPE, values);
  }

  private static Tensor stored(Tensor tensor, Storage storage) {
    float[] values = tensor.toFloats();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) storage.error(values[i]);
    }
    return Tensor.ofFloats(tensor.shape(), values);
  }

  private Status status(Tensor actual, Basis own, Storage storage) {
    return Comparison.compare("x", reference, actual, new Basis.Stored(own, storage)).status();
  }

  private Basis[] all() {
    double[] limits = new double[SIZE];
    Arrays.fill(limits, 2e-6);
    return new Basis[] {
      new Basis.Truth(residual, Limit.of(2, "table")),
      new Basis.Fixed(1e-6, 1e-5, "fixed"),
      new Basis.Signal(100, "signal"),
      new Basis.PerElement(Tensor.ofDoubles(SHAPE, limits), "own")
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16"})
  void compare_rightNumbersStoredInFewerBits_pass(Storage storage) {
    Tensor right = stored(rounded(1e-7), storage);
    for (Basis basis : all()) {
      assertThat(Comparison.compare("x", reference, right, basis).status()).isEqualTo(Status.FAIL);
      assertThat(status(right, basis, storage)).isEqualTo(Status.PASS);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16"})
  void compare_whatIsOffByMoreThanStoring_fails(Storage storage) {
    Tensor wrong = stored(rounded(10 * storage.unit()), storage);
    Tensor one = stored(rounded(1e-7), storage);
    one.setFloat(17, one.getFloat(17) + (float) (40 * storage.unit()));
    for (Basis basis : all()) {
      assertThat(status(wrong, basis, storage)).isEqualTo(Status.FAIL);
    }
    assertThat(status(one, all()[0], storage)).isEqualTo(Status.FAIL);
  }
}
