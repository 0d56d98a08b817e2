package parity.cosyvoice.synthesis.steps;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;
import parity.cosyvoice.synthesis.Golden;
import parity.tensors.Shape;
import parity.tensors.Tensor;

final class SilentTokensTest {
  private static int[] thinned(int... tokens) {
    return SilentTokens.thinned(Tensor.ofInts(Shape.of(1, tokens.length), tokens)).toInts();
  }

  @Test
  void thinned_golden_isWhatUpstreamsFlowGets() {
    assertThat(thinned(Golden.numbers("drawn"))).isEqualTo(Golden.numbers("spoken"));
  }

  @Test
  void thinned_fiveInARow_areKeptAndTheSixthIsNot() {
    assertThat(thinned(1, 2, 28, 29, 55)).isEqualTo(new int[] {1, 2, 28, 29, 55});
    assertThat(thinned(1, 2, 28, 29, 55, 248, 3)).isEqualTo(new int[] {1, 2, 28, 29, 55, 3});
  }

  @Test
  void thinned_anotherTokenBetween_startsTheCountAgain() {
    int[] tokens = {1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1};
    assertThat(thinned(tokens)).isEqualTo(tokens);
  }

  @Test
  void thinned_none_isNone() {
    assertThat(SilentTokens.thinned(Tensor.ofInts(Shape.of(1, 0))).shape())
        .isEqualTo(Shape.of(1, 0));
  }
}
