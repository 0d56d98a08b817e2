package parity.tensors;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;

/** Text that came from elsewhere, in a message. */
final class TextTest {
  @Test
  void visible_whatATerminalOrAReaderObeys_isWrittenOut() {
    assertThat(Text.visible("a\tb\nc\rd\0e\u001b[2Jf\u007fg\u009bh"))
        .isEqualTo("a\\u0009b\\u000ac\\u000dd\\u0000e\\u001b[2Jf\\u007fg\\u009bh");
    assertThat(Text.visible("\u2028\u2029\u202a\u202e\u2066\u2069"))
        .isEqualTo("\\u2028\\u2029\\u202a\\u202e\\u2066\\u2069");
    assertThat(Text.visible("\ud83dx\ude00")).isEqualTo("\\ud83dx\\ude00");
  }

  @Test
  void visible_allElse_isAsItIs() {
    String text = " '\"\\u001b \u00a0\u00e4\u4f60\u05d0\u2027\u202f\u2065\u206a\ufffd\ud83d\ude00";
    assertThat(Text.visible(text)).isEqualTo(text);
    assertThat(Text.visible("")).isEmpty();
  }
}
