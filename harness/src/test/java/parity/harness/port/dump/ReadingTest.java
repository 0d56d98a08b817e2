package parity.harness.port.dump;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;
import parity.harness.limits.Yardstick;
import parity.harness.plan.Expectation;
import parity.harness.plan.Kind;
import parity.harness.plan.Reference;
import parity.harness.plan.Role;
import parity.tensors.Shape;
import parity.tensors.Tensor;

final class ReadingTest {
  private static boolean canAnswer(Role role) {
    Tensor tensor = Tensor.ofFloats(Shape.of(1), 1);
    return Reading.canAnswer(Expectation.of("a", role, tensor, Yardstick.SAME));
  }

  @Test
  void canAnswer_whatModulesReturnAndStagesComeTo_isAsked() {
    assertThat(canAnswer(Role.MODULE)).isTrue();
    assertThat(canAnswer(Role.OUTPUT)).isTrue();
  }

  @Test
  void canAnswer_whatOnlyARunningEngineCanTell_isNotAsked() {
    assertThat(canAnswer(Role.GIVEN)).isFalse();
    assertThat(canAnswer(Role.ALONE)).isFalse();
    assertThat(canAnswer(Role.AGAIN)).isFalse();
    assertThat(canAnswer(Role.UNWATCHED)).isFalse();
  }

  @Test
  void canAnswer_text_isNotAsked() {
    Expectation text =
        new Expectation("a", Role.OUTPUT, new Reference.Words("hello"), Kind.NUMBERS, false);
    assertThat(Reading.canAnswer(text)).isFalse();
  }
}
