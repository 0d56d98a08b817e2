package parity.tensors;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
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
