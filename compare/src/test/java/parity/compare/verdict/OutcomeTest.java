package parity.compare.verdict;

import static com.google.common.truth.Truth.assertThat;
import static parity.compare.verdict.Outcome.FAIL;
import static parity.compare.verdict.Outcome.INCONCLUSIVE;
import static parity.compare.verdict.Outcome.MISTRUSTED;
import static parity.compare.verdict.Outcome.PASS;
import static parity.compare.verdict.Outcome.SKIPPED;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  @Test
  void combine_anyRed_fails() {
    assertThat(Outcome.combine(List.of(PASS, FAIL, INCONCLUSIVE, MISTRUSTED))).isEqualTo(FAIL);
  }

  @Test
  void combine_mistrustedAndInconclusive_isMistrusted() {
    assertThat(Outcome.combine(List.of(MISTRUSTED, INCONCLUSIVE, PASS))).isEqualTo(MISTRUSTED);
  }

  @Test
  void combine_openAndRight_isInconclusive() {
    assertThat(Outcome.combine(List.of(PASS, INCONCLUSIVE))).isEqualTo(INCONCLUSIVE);
  }

  @Test
  void combine_nothing_isInconclusive() {
    assertThat(Outcome.combine(List.of())).isEqualTo(INCONCLUSIVE);
  }

  @Test
  void exitCode_each_isTheContracts() {
    assertThat(
            List.of(
                PASS.exitCode(), FAIL.exitCode(), INCONCLUSIVE.exitCode(), MISTRUSTED.exitCode()))
        .containsExactly(0, 1, 2, 2)
        .inOrder();
  }

  @Test
  void combine_skipped_countsForNothing() {
    assertThat(Outcome.combine(List.of(SKIPPED, PASS))).isEqualTo(PASS);
    assertThat(Outcome.combine(List.of(SKIPPED, FAIL, SKIPPED))).isEqualTo(FAIL);
    assertThat(Outcome.combine(List.of(SKIPPED, SKIPPED))).isEqualTo(INCONCLUSIVE);
  }
}
