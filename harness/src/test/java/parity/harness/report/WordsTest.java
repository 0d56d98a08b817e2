package parity.harness.report;

import static com.google.common.truth.Truth.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void count_oneAndMany_agree() {
    assertThat(Words.count(1, "tensor")).isEqualTo("1 tensor");
    assertThat(Words.count(18_332, "tensor")).isEqualTo("18,332 tensors");
  }

  @Test
  void list_anyLength_readsAsASentenceHasIt() {
    assertThat(Words.list(List.of())).isEmpty();
    assertThat(Words.list(List.of("a"))).isEqualTo("a");
    assertThat(Words.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
  }

  @Test
  void figure_anySize_hasThreeDigits() {
    assertThat(Words.figure(0)).isEqualTo("0");
    assertThat(Words.figure(31.42)).isEqualTo("31.4");
    assertThat(Words.figure(1003.4)).isEqualTo("1,003");
    assertThat(Words.figure(1.234e-7)).isEqualTo("1.23e-07");
    assertThat(Words.figure(Double.NaN)).isEqualTo("NaN");
  }
}
