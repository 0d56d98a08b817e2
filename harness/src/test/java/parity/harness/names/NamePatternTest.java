package parity.harness.names;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamePatternTest {
  @ParameterizedTest
  @CsvSource({
    "flow.*, port.*, flow.a.b, port.a.b",
    "flow.*, *, flow.a, a",
    "*, dumps/*, flow.a#3, dumps/flow.a#3",
    "flow.*.ff.*, f/*/*, flow.blocks.0.ff.x, f/blocks.0/x",
    "flow.blocks.{n}.ff#k, dit/blk{n}/step{k}/ff, flow.blocks.12.ff#7, dit/blk12/step7/ff",
    "flow.blocks.{n}.ff#k, step{k}/blk{n}, flow.blocks.12.ff, step0/blk12",
    "flow.*#k, flow.*#k, flow.a#2, flow.a#2",
    "flow.{a}.{b}, {b}-{a}, flow.1.2, 2-1",
    "flow.\\**, x*, flow.*y, xy",
    "python_*, *, python_flow_output, flow_output"
  })
  void actual_nameOfThePattern_isThatOfTheOtherSide(
      String expected, String actual, String name, String there) {
    assertThat(NamePattern.of(expected, actual).actual(name)).hasValue(there);
  }

  @ParameterizedTest
  @CsvSource({
    "flow.*, hift.x",
    "flow.{n}, flow.x",
    "flow.{n}, flow.1.2",
    "flow.a#k, flow.a#x",
    "flow.a#k, flow.ab",
    "flow.\\*{n}, flow.x1"
  })
  void actual_nameThatIsNotOfThePattern_isNone(String expected, String name) {
    assertThat(NamePattern.of(expected, "x").actual(name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a{n}.{n}, b, has {n} twice",
    "a{n}, b{m}, 'has no {m}, which the other side has'",
    "a*, b**, 'has 2 stars on the other side, and 1 here'",
    "*.*.*.*.*, b, has more than 4 stars"
  })
  void of_whatIsNoPattern_saysWhy(String expected, String actual, String why) {
    assertThat(assertThrows(IllegalArgumentException.class, () -> NamePattern.of(expected, actual)))
        .hasMessageThat()
        .isEqualTo(why);
  }

  @ParameterizedTest
  @CsvSource({"a#1", "a.b", "{A}", "a{", "#", "a\\*b", "k#"})
  void isOne_nameWithoutASign_isNone(String name) {
    assertThat(NamePattern.isOne(name)).isFalse();
  }

  @Test
  void escaped_anyName_meansItself() {
    for (String name : new String[] {"a*b", "{n}", "a\\b", "a#k", "*", "a\\*", "plain#3", "#k#k"}) {
      String escaped = NamePattern.escaped(name);
      assertThat(NamePattern.isOne(escaped)).isFalse();
      assertThat(NamePattern.literal(escaped)).isEqualTo(name);
    }
  }
}
