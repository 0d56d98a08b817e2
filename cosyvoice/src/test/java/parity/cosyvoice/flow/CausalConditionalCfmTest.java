package parity.cosyvoice.flow;

import static com.google.common.truth.Truth.assertThat;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import parity.tensors.Shape;
import parity.tensors.Tensor;

final class CausalConditionalCfmTest {
  @Test
  void guided_condition_isInTheFirstRowAndNothingInTheSecond() {
    try (Arena arena = Arena.ofConfined()) {
      Tensor batch =
          CausalConditionalCfm.guided(Tensor.ofFloats(Shape.of(1, 3), 1f, -2f, 3f), arena);

      assertThat(batch.shape()).isEqualTo(Shape.of(2, 3));
      assertThat(batch.toFloats())
          .usingExactEquality()
          .containsExactly(1f, -2f, 3f, 0f, 0f, 0f)
          .inOrder();
    }
  }

  @Test
  void euler_oneStep_goesAwayFromTheUnguidedEstimate() {
    Tensor x = Tensor.ofFloats(Shape.of(1, 2), 10f, 20f);
    Tensor estimate = Tensor.ofFloats(Shape.of(2, 2), 1f, 2f, 3f, 5f);

    new CausalConditionalCfm(FlowSample.config().cfm(), 1).euler(x, estimate, 0.5f);

    assertThat(x.toFloats())
        .usingExactEquality()
        .containsExactly(10f + 0.5f * (1.7f * 1f - 0.7f * 3f), 20f + 0.5f * (1.7f * 2f - 0.7f * 5f))
        .inOrder();
  }
}
