package parity.cosyvoice.nn;

import static com.google.common.truth.Truth.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import parity.tensors.Shape;

final class LayerNormTest {
  @Test
  void forward_rowFarFromZeroAndRowNearEps_isPyTorchs() {
    float[] y =
        OneModule.run(
            (g, x) -> new LayerNorm(OneModule.PATH, 1e-6f).forward(g, x),
            Map.of(),
            Shape.of(2, 4),
            1000,
            1001,
            1002,
            1004,
            1e-3f,
            2e-3f,
            -1e-3f,
            0);

    double[] expected = {
      -1.1832156861706544, -0.5070924369302805, 0.16903081231009348, 1.5212773107908413,
      0.33333334036999257, 1.0000000211099778, -1.0000000211099778, -0.33333334036999257
    };
    for (int i = 0; i < y.length; i++) {
      assertThat((double) y[i]).isWithin(2e-7).of(expected[i]);
    }
  }
}
