package parity.harness.capture;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextListTest {
  @Test
  void of_listOfTexts_isThatList() {
    assertThat(TextList.of("[\"a\", \"\", \"b c\"]").orElseThrow())
        .containsExactly("a", "", "b c")
        .inOrder();
    assertThat(TextList.of("[]").orElseThrow()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[null]",
        "7",
        "{}",
        "[1]",
        "[\"a\"",
        "[\"a\"] x",
        "[[\"a\"]]",
        "[true]"
      })
  void of_anythingElse_isNone(String json) {
    assertThat(TextList.of(json)).isEmpty();
  }

  /** Beyond the limits of the library that reads it. */
  @Test
  void of_deepOrHuge_isNone() {
    assertThat(TextList.of("[".repeat(1500) + "]".repeat(1500))).isEmpty();
    assertThat(TextList.of("[" + "[".repeat(100_000))).isEmpty();
    assertThat(TextList.of("[" + "9".repeat(1200) + "]")).isEmpty();
    assertThat(TextList.of("[\"" + "a".repeat(1000) + "\", 1e" + "9".repeat(1200) + "]")).isEmpty();
  }
}
