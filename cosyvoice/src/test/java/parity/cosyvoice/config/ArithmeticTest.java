package parity.cosyvoice.config;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected values are Python's. */
final class ArithmeticTest {
  @ParameterizedTest
  @CsvSource({
    "25 * 2, 50",
    "1+2*3, 7",
    "(1+2)*3, 9",
    "10 - 4 - 3, 3",
    "7 // 2, 3",
    "7 % 4, 3",
    "2 ** 3 ** 2, 512",
    "2*3**2, 18",
    "(((5))), 5",
    "9223372036854775807, 9223372036854775807",
    "( 2 - 5 ) // 2, -2",
    "(2 - 5) % 4, 1",
  })
  void evaluate_wholeNumbers_staysWhole(String text, long expected) {
    assertThat(Arithmetic.evaluate(text)).hasValue(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "24000 / 480, 50",
    "1.5 * 2, 3",
    "1e-06 + 0, 1e-6",
    "7.5 // 2, 3",
    "7.5 % 2, 1.5",
    "2 ** 0.5, 1.4142135623730951",
    "2 ** (1 - 2), 0.5",
  })
  void evaluate_fractions_givesDouble(String text, double expected) {
    assertThat(Arithmetic.evaluate(text)).hasValue(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1 * 2",
        "results/x",
        "1 +",
        "(1",
        "1)",
        "1 2",
        "a",
        "1 ** ** 2",
        "e",
        "1.2.3"
      })
  void evaluate_whatIsNoArithmetic_isEmpty(String text) {
    assertThat(Arithmetic.evaluate(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1 / 0", "1 // 0", "1 % 0", "1.5 / 0", "9223372036854775807 + 1", "10 ** 19"})
  void evaluate_whatHasNoValue_throws(String text) {
    assertThrows(ArithmeticException.class, () -> Arithmetic.evaluate(text));
  }

  @Test
  void evaluate_manyParentheses_isEmpty() {
    assertThat(Arithmetic.evaluate("(".repeat(100_000))).isEmpty();
  }

  @Property
  void evaluate_sumOfProducts_isExact(
      @ForAll @IntRange(max = 10_000) int a,
      @ForAll @IntRange(max = 10_000) int b,
      @ForAll @IntRange(max = 10_000) int c) {
    assertThat(Arithmetic.evaluate(a + "+" + b + " *" + c)).hasValue((long) a + (long) b * c);
  }
}
