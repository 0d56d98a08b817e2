package parity.harness.mutation;

import static com.google.common.truth.Truth.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import parity.harness.result.StageName;

class TallyTest {
  private static final Mutant FAULT =
      Mutant.ofWeights(StageName.FLOW, "halved", "conv.weight", "conv", UnaryOperator.identity());

  private final Tally tally = new Tally();

  @Test
  void crashed_isAFaultThatWasNotDetected() {
    tally.crashed(FAULT, new IllegalStateException("no such row"));
    assertThat(tally.all()).isEqualTo(new Tally.Counts(1, 0, 0, 0, 0));
    assertThat(tally.undetected())
        .containsExactly(
            "flow: halved at conv.weight: the harness crashed: java.lang.IllegalStateException: no"
                + " such row");
  }

  @Test
  void refused_isNoFaultThatCouldBeDetected() {
    tally.refused(FAULT);
    assertThat(tally.all()).isEqualTo(new Tally.Counts(0, 0, 0, 0, 1));
    assertThat(tally.undetected()).isEmpty();
  }

  @Test
  void seen_inAnotherModule_isDetectedAndNotLocated() {
    tally.seen(FAULT, "flow.norm", false);
    tally.seen(FAULT, "flow.conv", true);
    assertThat(tally.all()).isEqualTo(new Tally.Counts(2, 2, 1, 0, 0));
    assertThat(tally.mislocated()).hasSize(1);
  }
}
