package parity.compare.limits;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parity.tensors.BadInputException;

class LimitsTest {
  private static final String ATTENTION =
      "kind attention sigma 1.8 group 2.4 element 1.3 gain 2e-8 tensors 112";
  private static final String BLOCK =
      "kind block sigma 1.2 group 5.0 element 1.3 gain 2e-8 tensors 112";

  private static Limits table(String... names) {
    List<String> lines = new ArrayList<>(List.of("# made by a test", "", ATTENTION, BLOCK));
    lines.addAll(List.of(names));
    return Limits.parse("limits.txt", lines);
  }

  @Test
  void of_sigmaWorst_isOneAndAHalfTimesThat() {
    Limit limit = table("name **.attn attention").of("blocks.0.attn#3");
    assertThat(limit.t()).isWithin(1e-12).of(2.7);
    assertThat(limit.source()).isEqualTo("kind attention, legal variants: sigma 1.8, group 2.4");
  }

  @Test
  void of_groupWorst_isGrantedTheMargin() {
    assertThat(table("name blocks.* block").of("blocks.7").group()).isEqualTo(7.5);
  }

  @Test
  void of_star_staysWithinOnePart() {
    Limits limits = table("name a.*.c attention");
    assertThat(limits.of("a.b.c")).isNotEqualTo(Limit.DEFAULT);
    assertThat(limits.of("a.b.b.c")).isEqualTo(Limit.DEFAULT);
    assertThat(limits.of("a.b.cc")).isEqualTo(Limit.DEFAULT);
    assertThat(limits.of("axb.c")).isEqualTo(Limit.DEFAULT);
  }

  @Test
  void of_twoStars_crossParts() {
    Limits limits = table("name a.** attention", "name **_k block");
    assertThat(limits.of("a.b.c").t()).isWithin(1e-12).of(2.7);
    assertThat(limits.of("x.y.to_k").group()).isEqualTo(7.5);
  }

  @Test
  void of_severalPatternsFit_takesTheFirst() {
    assertThat(table("name a.b block", "name a.* attention").of("a.b").group()).isEqualTo(7.5);
  }

  @Test
  void of_unknownName_isTheLabelledDefault() {
    assertThat(Limits.none().of("anything")).isEqualTo(Limit.DEFAULT);
    assertThat(Limit.DEFAULT.t()).isEqualTo(4);
    assertThat(Limit.DEFAULT.source()).contains("default");
  }

  @Test
  void kindOf_name_isThatOfTheFirstPatternThatFits() {
    Limits limits = table("name a.b block", "name a.* attention");
    assertThat(limits.kindOf("a.b#2")).hasValue("block");
    assertThat(limits.kindOf("a.c")).hasValue("attention");
    assertThat(limits.kindOf("b")).isEmpty();
    assertThat(limits.kinds()).containsExactly("attention", "block").inOrder();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind attention sigma 1 group 1 element 1 gain 0 tensors 1",
        "kind x sigma one group 1 element 1 gain 0 tensors 1",
        "kind x sigma NaN group 1 element 1 gain 0 tensors 1",
        "kind x sigma -1 group 1 element 1 gain 0 tensors 1",
        "kind x sigma 1 group 1 element 1 tensors 1",
        "kind x sigma 1",
        "kind x group 1 sigma 1 element 1 gain 0 tensors 1",
        "name a.b",
        "name a.b nothing",
        "limit 4",
      })
  void parse_badLine_saysWhichAndWhatWasExpected(String line) {
    BadInputException error = assertThrows(BadInputException.class, () -> table(line));
    assertThat(error).hasMessageThat().startsWith("limits.txt line 5: found \"" + line + "\"");
    assertThat(error).hasMessageThat().contains("expected");
  }
}
