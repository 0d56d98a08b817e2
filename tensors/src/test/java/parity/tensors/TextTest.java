package parity.tensors;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void visible_whatATerminalObeys_isWritten() {
    assertThat(Text.visible("a\u001b[2Jb\u0085\u007f\r\n\t"))
        .isEqualTo("a\\u001b[2Jb\\u0085\\u007f\\u000d\\u000a\\u0009");
    assertThat(Text.visible("a\u2028b\u2029c\u202ed\u2066e\u200f"))
        .isEqualTo("a\\u2028b\\u2029c\\u202ed\\u2066e\\u200f");
    assertThat(Text.visible("\ud800 \udc00\ud800 \uffff \ufffe"))
        .isEqualTo("\\ud800 \\udc00\\ud800 \\uffff \\ufffe");
  }

  @Test
  void visible_ordinaryText_staysAsItIs() {
    for (String text : new String[] {"", "naïve 你好 😀", "a\u200db", "\ufeff", "back\\slash"}) {
      assertThat(Text.visible(text)).isSameInstanceAs(text);
    }
  }

  @Test
  void visibleLines_endsOfLines_stay() {
    assertThat(Text.visibleLines("a\nb\r\nc")).isEqualTo("a\nb\\u000d\nc");
  }

  @Property
  void visible_ofAnything_holdsNothingThatActs(@ForAll String text) {
    String visible = Text.visible(text);
    assertThat(Text.visible(visible)).isEqualTo(visible);
    assertThat(visible.lines().count()).isAtMost(1);
    visible
        .codePoints()
        .forEach(point -> {
          assertWithMessage("%s", point).that(Character.isISOControl(point)).isFalse();
          assertThat(Character.getType(point)).isNotEqualTo((int) Character.SURROGATE);
        });
  }

  @Test
  void quote_longText_isCutBetweenCharacters() {
    String grin = "😀";
    assertThat(Text.quote("x".repeat(Text.LONGEST - 1) + grin + "y"))
        .isEqualTo("'" + "x".repeat(Text.LONGEST - 1) + "...'");
    assertThat(Text.quote("x".repeat(Text.LONGEST))).isEqualTo("'" + "x".repeat(120) + "'");
    assertThat(Text.quote("a\nb")).isEqualTo("'a\\u000ab'");
  }

  @Test
  void oneLine_ofSeveralLines_joinsThem() {
    assertThat(Text.oneLine(" found 'a'\n  in line 3,\r\n\tcolumn 2 "))
        .isEqualTo("found 'a' in line 3, column 2");
  }

  @Test
  void oneLine_ofControlCharacters_namesThem() {
    assertThat(Text.oneLine("token '\u0000\u001b[31m'")).isEqualTo("token '\\u0000\\u001b[31m'");
    assertThat(Text.oneLine("a\u2028b\tc")).isEqualTo("a b c");
  }

  @Test
  void oneLine_ofOrdinaryText_leavesIt() {
    assertThat(Text.oneLine("a  b \u00e9 \ud83d\ude00")).isEqualTo("a  b \u00e9 \ud83d\ude00");
  }
}
