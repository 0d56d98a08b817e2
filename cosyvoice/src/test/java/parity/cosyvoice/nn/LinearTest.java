package parity.cosyvoice.nn;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import parity.tensors.BadInputException;
import parity.tensors.Shape;
import parity.tensors.Tensor;

final class LinearTest {
  private static final Map<String, Tensor> WEIGHTS =
      Map.of(
          "module.weight", Tensor.ofFloats(Shape.of(2, 3), 1, 2, 3, 4, 5, 6),
          "module.bias", Tensor.ofFloats(Shape.of(2), 10, 20));
  private static final Linear LINEAR = new Linear(OneModule.PATH, 3, 2);

  @Test
  void forward_batchOfRows_multipliesEachByTheTransposedWeight() {
    float[] y =
        OneModule.run(
            (g, x) -> LINEAR.forward(g, x, 2),
            WEIGHTS,
            Shape.of(2, 2, 3),
            1,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            1,
            1,
            1,
            1);

    assertThat(y).usingExactEquality().containsExactly(11, 24, 12, 25, 13, 26, 16, 35).inOrder();
  }

  @Test
  void row_oneRow_isTheSameAsForward() {
    float[] y = OneModule.run((g, x) -> LINEAR.row(g, x), WEIGHTS, Shape.of(1, 3), 1, -1, 2);

    assertThat(y).usingExactEquality().containsExactly(15, 31).inOrder();
  }

  @Test
  void row_weightOfAnotherShape_isRefused() {
    Linear wider = new Linear(OneModule.PATH, 6, 1);
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () ->
                OneModule.run(
                    (g, x) -> wider.row(g, x), WEIGHTS, Shape.of(1, 6), 1, 2, 3, 4, 5, 6));
    assertThat(e).hasMessageThat().contains("module.weight is F32 [2, 3]");
  }
}
