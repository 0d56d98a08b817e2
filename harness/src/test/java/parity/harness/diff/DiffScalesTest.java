package parity.harness.diff;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parity.harness.fixture.Parity;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.format.SafetensorsWriter;

/** {@code parity diff} on tensors whose scale hid a difference, or made one of nothing. */
class DiffScalesTest {
  @TempDir Path folder;

  private Parity diff(Tensor expected, Tensor actual, String... options) {
    Path one = folder.resolve("expected.safetensors");
    Path other = folder.resolve("actual.safetensors");
    SafetensorsWriter.write(one, Map.of("x", expected), Map.of());
    SafetensorsWriter.write(other, Map.of("x", actual), Map.of());
    Object[] arguments = new Object[options.length + 3];
    arguments[0] = "diff";
    arguments[1] = one;
    arguments[2] = other;
    System.arraycopy(options, 0, arguments, 3, options.length);
    return Parity.run(arguments);
  }

  private void assertExit(int exitCode, Tensor expected, Tensor actual) {
    Parity run = diff(expected, actual);
    assertWithMessage("%s", run.out()).that(run.exitCode()).isEqualTo(exitCode);
  }

  @Test
  void diff_wrongScoresBesideAMask_fail() {
    for (float mask : new float[] {-1e10f, -1e4f, -Float.MAX_VALUE}) {
      Random random = new Random(4);
      float[] expected = new float[64];
      float[] actual = new float[64];
      for (int i = 0; i < 64; i++) {
        boolean visible = i % 8 <= i / 8;
        expected[i] = visible ? (float) random.nextGaussian() : mask;
        actual[i] = visible ? expected[i] * -50 : mask;
      }
      Shape square = Shape.of(8, 8);
      assertExit(1, Tensor.ofFloats(square, expected), Tensor.ofFloats(square, actual));
      assertExit(0, Tensor.ofFloats(square, expected), Tensor.ofFloats(square, expected.clone()));
    }
  }

  @Test
  void diff_oneSpike_hidesNothing() {
    Tensor expected = Tensor.ofDoubles(Shape.of(3), 1e160, 5, 7);
    assertExit(1, expected, Tensor.ofDoubles(Shape.of(3), 1e160, 5e140, -7));
    assertExit(1, expected, Tensor.ofDoubles(Shape.of(3), 1e160, 5.0001, 7));
    assertExit(0, expected, Tensor.ofDoubles(Shape.of(3), 1e160, Math.nextUp(5.0), 7));
  }

  @Test
  void diff_oneRoundingApartWhereSquaresVanish_passes() {
    Tensor expected = Tensor.ofDoubles(Shape.of(3), 1e-200, 2e-200, -3e-200);
    assertExit(0, expected, Tensor.ofDoubles(Shape.of(3), Math.nextUp(1e-200), 2e-200, -3e-200));
    assertExit(1, expected, Tensor.ofDoubles(Shape.of(3), 1.001e-200, 2e-200, -3e-200));
  }

  @Test
  void diff_differenceBeyondTheLargestDouble_isStatedInTextAndJson() {
    Tensor expected = Tensor.ofDoubles(Shape.of(3), 1, 1e308, 2);
    Tensor actual = Tensor.ofDoubles(Shape.of(3), 1, -1e308, 2);
    Parity run = diff(expected, actual);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("max abs 2.000e+308 at [1] expected 1.0E308, found -1.0E308");
    Parity json = diff(expected, actual, "--json");
    assertThat(json.out()).contains("\"max_abs\" : 2.000000000000000E+308,");
  }

  @Test
  void diff_constantTensorsWithinTheirLimits_proveNothing() {
    float third = 1 / 3f;
    Shape three = Shape.of(3);
    Tensor thirds = Tensor.ofFloats(three, third, third, third);
    assertExit(2, thirds, Tensor.ofFloats(three, third, Math.nextUp(third), third));
    assertExit(1, thirds, Tensor.ofFloats(three, third, 0.34f, third));
    Tensor zeros = Tensor.ofFloats(three, 0, 0, 0);
    assertExit(2, zeros, Tensor.ofFloats(three, -0f, -0f, -0f));
    assertExit(1, zeros, Tensor.ofFloats(three, 0, 1e-20f, 0));
  }
}
