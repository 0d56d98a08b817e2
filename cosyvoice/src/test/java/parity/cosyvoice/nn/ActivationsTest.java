package parity.cosyvoice.nn;

import static com.google.common.truth.Truth.assertWithMessage;

import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import parity.cosyvoice.onnx.Graph;
import parity.cosyvoice.onnx.Value;
import parity.tensors.Shape;

/** Known answers are PyTorch's in float64. */
final class ActivationsTest {
  private static final float[] X = {-100, -20, -5, -1e-3f, 0, 0.5f, 19.99f, 20.01f, 90};

  @Test
  void mish_farOutAndNearZero_isPyTorchs() {
    double[] expected = {
      0,
      -4.122307240628762e-08,
      -0.033576237730161704,
      -0.0005996800125139364,
      0,
      0.3752452113048951,
      19.989999771118164,
      20.010000228881836,
      90
    };
    check((g, x) -> new Mish(OneModule.PATH).forward(g, x), expected, 1e-6);
  }

  @Test
  void silu_farOutAndNearZero_isPyTorchs() {
    double[] expected = {
      0,
      -4.122307236380407e-08,
      -0.03346425462142428,
      -0.0004997500237458102,
      0,
      0.3112296656009273,
      19.9899997295016,
      20.010000188048544,
      90
    };
    check((g, x) -> new Silu(OneModule.PATH).forward(g, x), expected, 1e-6);
  }

  /** Far below zero, 1 + tanh cancels in float32, in PyTorch too. */
  @Test
  void geluTanh_farOutAndNearZero_isPyTorchs() {
    double[] expected = {
      0,
      0,
      -2.2917961972623857e-07,
      -0.0004996010814972463,
      0,
      0.34571400982514394,
      19.989999771118164,
      20.010000228881836,
      90
    };
    check((g, x) -> new GeluTanh(OneModule.PATH).forward(g, x), expected, 0.5);
  }

  /** Compares to {@code relative} where the answer is small, and to 3e-7 of it elsewhere. */
  private static void check(
      BiFunction<Graph, Value, Value> module, double[] expected, double relative) {
    float[] y = OneModule.run(module, Map.of(), Shape.of(X.length), X);
    for (int i = 0; i < X.length; i++) {
      double limit = Math.abs(expected[i]) * (Math.abs(expected[i]) < 1e-5 ? relative : 3e-7);
      assertWithMessage("at %s", X[i]).that((double) y[i]).isWithin(limit + 1e-37).of(expected[i]);
    }
  }
}
