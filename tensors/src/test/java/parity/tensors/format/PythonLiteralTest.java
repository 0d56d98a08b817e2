package parity.tensors.format;

import static com.google.common.truth.Truth.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parity.tensors.format.PythonLiteral.Absent;
import parity.tensors.format.PythonLiteral.Grouped;

class PythonLiteralTest {
  @Test
  void parse_eachForm_isRead() {
    assertThat(PythonLiteral.parse(" 12L ")).hasValue(12L);
    assertThat(PythonLiteral.parse("-3")).hasValue(-3L);
    assertThat(PythonLiteral.parse("'a\\'b\\\\c\\d'")).hasValue("a'b\\c\\d");
    assertThat(PythonLiteral.parse("\"it's\"")).hasValue("it's");
    assertThat(PythonLiteral.parse("u'x'")).hasValue("x");
    assertThat(PythonLiteral.parse("None")).hasValue(Absent.NONE);
    assertThat(PythonLiteral.parse("()")).hasValue(new Grouped(List.of()));
    assertThat(PythonLiteral.parse("(1)")).hasValue(1L);
    assertThat(PythonLiteral.parse("( 1 , )")).hasValue(new Grouped(List.of(1L)));
    assertThat(PythonLiteral.parse("(1,2)")).hasValue(new Grouped(List.of(1L, 2L)));
    assertThat(PythonLiteral.parse("[('a', True), []]"))
        .hasValue(List.of(new Grouped(List.of("a", true)), List.of()));
    assertThat(PythonLiteral.parse("{'a':1,\n\"b\" : False,}"))
        .hasValue(Map.of("a", 1L, "b", false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "(",
        "[1",
        "{'a'}",
        "{'a':}",
        "'a",
        "'a\\",
        "1 2",
        "(1,,2)",
        "(,)",
        "{1:2 3:4}",
        "-",
        "99999999999999999999",
        "true",
        "f()",
        "1.5",
        "x'a'",
        "u",
        "1l"
      })
  void parse_whatIsNoLiteral_isNothing(String text) {
    assertThat(PythonLiteral.parse(text)).isEmpty();
  }

  @Test
  void parse_deepBrackets_isNothing() {
    assertThat(PythonLiteral.parse("[".repeat(100_000))).isEmpty();
    assertThat(PythonLiteral.parse("[".repeat(32) + "]".repeat(32))).isPresent();
    assertThat(PythonLiteral.parse("[".repeat(34) + "]".repeat(34))).isEmpty();
  }
}
