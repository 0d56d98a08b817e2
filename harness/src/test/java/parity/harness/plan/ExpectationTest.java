package parity.harness.plan;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;
import parity.harness.limits.Yardstick;
import parity.tensors.Shape;
import parity.tensors.Tensor;

final class ExpectationTest {
  private static boolean isAsked(Role role) {
    Tensor tensor = Tensor.ofFloats(Shape.of(1), 1);
    return Expectation.of("a", role, tensor, Yardstick.SAME).isAskedOfCandidates();
  }

  @Test
  void isAskedOfCandidates_whatModulesReturnAndStagesComeTo_isAsked() {
    assertThat(isAsked(Role.MODULE)).isTrue();
    assertThat(isAsked(Role.OUTPUT)).isTrue();
  }

  @Test
  void isAskedOfCandidates_whatOnlyARunningEngineCanTell_isNotAsked() {
    assertThat(isAsked(Role.GIVEN)).isFalse();
    assertThat(isAsked(Role.ALONE)).isFalse();
    assertThat(isAsked(Role.AGAIN)).isFalse();
    assertThat(isAsked(Role.UNWATCHED)).isFalse();
  }

  @Test
  void isAskedOfCandidates_text_isNotAsked() {
    Expectation text =
        new Expectation("a", Role.OUTPUT, new Reference.Words("hello"), Kind.NUMBERS, false);
    assertThat(text.isAskedOfCandidates()).isFalse();
  }
}
