package parity.compare.scan;

import static com.google.common.truth.Truth.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScaledTest {
  private static final MathContext EXACT = new MathContext(60);

  @Provide
  Arbitrary<Double> anyFinite() {
    return Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
  }

  @Property
  void distance_ofAnyFiniteNumbers_isThatOfExactArithmetic(
      @ForAll("anyFinite") double one, @ForAll("anyFinite") double other) {
    Scaled distance = Scaled.distance(one, other);
    BigDecimal exact = new BigDecimal(one).subtract(new BigDecimal(other)).abs();
    assertClose(distance, exact);
  }

  @Property
  void square_plusAnother_isThatOfExactArithmetic(
      @ForAll("anyFinite") double one, @ForAll("anyFinite") double other) {
    Scaled sum = Scaled.square(one).plus(Scaled.square(other));
    BigDecimal exact = new BigDecimal(one).pow(2).add(new BigDecimal(other).pow(2));
    assertClose(sum, exact);
    assertThat(sum.sqrt().over(Scaled.ZERO.plus(Scaled.square(one)).sqrt()))
        .isAtLeast(one == 0 && other == 0 ? 0 : 1);
  }

  @Property
  void compareTo_isTheOrderOfTheNumbers(
      @ForAll("anyFinite") double one, @ForAll("anyFinite") double other) {
    int found = Scaled.square(one).compareTo(Scaled.square(other));
    if (Math.abs(one) > Math.abs(other) * 1.01) {
      assertThat(found).isEqualTo(1);
    }
    assertThat(Scaled.square(other).compareTo(Scaled.square(one))).isEqualTo(-found);
  }

  private static void assertClose(Scaled found, BigDecimal exact) {
    BigDecimal two = BigDecimal.valueOf(2);
    BigDecimal value = new BigDecimal(found.value());
    value =
        found.exponent() >= 0
            ? value.multiply(two.pow(found.exponent()))
            : value.divide(two.pow(-found.exponent()), EXACT);
    BigDecimal error = value.subtract(exact).abs();
    assertThat(error).isAtMost(exact.multiply(new BigDecimal("1e-14")));
  }
}
