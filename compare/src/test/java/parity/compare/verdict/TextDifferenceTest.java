package parity.compare.verdict;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;
import parity.compare.Comparison;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.TensorInfo;

final class TextDifferenceTest {
  @Test
  void compare_sameText_matches() {
    Verdict verdict = Comparison.compare("a", "你好", "你好");
    assertThat(verdict).isInstanceOf(Verdict.Match.class);
    assertThat(verdict.line()).isEqualTo("PASS a: U8 [6] matches, 6 elements bit by bit");
  }

  @Test
  void compare_emptyTexts_proveNothing() {
    assertThat(Comparison.compare("a", "", "").status()).isEqualTo(Status.VACUOUS);
  }

  @Test
  void compare_otherText_namesBothAndThePlace() {
    Verdict verdict = Comparison.compare("a", "one 😀 two", "one 😀 too");
    assertThat(verdict.status()).isEqualTo(Status.FAIL);
    assertThat(verdict.says())
        .isEqualTo("found 'one 😀 too', expected 'one 😀 two', first difference at character 7");
  }

  @Test
  void compare_composedAndNot_differ() {
    assertThat(Comparison.compare("a", "é", "e\u0301").status()).isEqualTo(Status.FAIL);
  }

  @Test
  void compare_longerText_partsWhereTheShorterEnds() {
    assertThat(new TextDifference("abc", "ab").toString())
        .isEqualTo("found 'ab', expected 'abc', first difference at character 2");
    assertThat(new TextDifference("", "ab").firstAt()).isEqualTo(0);
  }

  @Test
  void toString_longTexts_areShownAroundTheDifference() {
    String text = "0123456789".repeat(20);
    assertThat(new TextDifference(text, text.substring(0, 100) + "x").toString())
        .isEqualTo(
            "found ...'01234567890123456789x', expected"
                + " ...'012345678901234567890123456789012345678901234567890123456789'..., first"
                + " difference at character 100");
  }

  @Test
  void info_text_isItsBytes() {
    assertThat(TextDifference.info("é")).isEqualTo(new TensorInfo(DType.U8, Shape.of(2)));
  }
}
