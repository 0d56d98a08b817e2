package parity.compare.scan;

import java.math.BigInteger;
import java.util.Optional;
import parity.tensors.DType;

/**
 * How two integer or boolean tensors differ; the shorter one's length is compared.
 *
 * @param equal elements that are equal, of {@code compared}
 * @param firstAt first place that differs, counted row-major; empty if only the lengths do
 * @param expected what stands there in the reference; 0 without a place
 * @param actual what stands there in the candidate; 0 without a place
 */
public record IntegerDifference(
    long equal,
    long compared,
    long expectedLength,
    long actualLength,
    Optional<Long> firstAt,
    BigInteger expected,
    BigInteger actual) {

  /**
   * Whether two elements are one number; the bits of a {@link DType#U64} above the largest long are
   * those of a negative one.
   */
  static boolean same(DType expectedType, long expected, DType actualType, long actual) {
    return expected == actual
        && (expected >= 0 || (expectedType == DType.U64) == (actualType == DType.U64));
  }

  /** The number that an element is. */
  static BigInteger value(DType dtype, long bits) {
    return dtype == DType.U64
        ? new BigInteger(Long.toUnsignedString(bits))
        : BigInteger.valueOf(bits);
  }

  /** Whether every element has an equal partner. */
  public boolean none() {
    return equal == expectedLength && equal == actualLength;
  }

  /** For messages: {@code 47 of 48 equal, first difference at 7: expected 12, found 13}. */
  @Override
  public String toString() {
    return equal
        + " of "
        + expectedLength
        + " equal"
        + (actualLength == expectedLength ? "" : ", " + actualLength + " found")
        + firstAt
            .map(at ->
                ", first difference at " + at + ": expected " + expected + ", found " + actual)
            .orElse("");
  }
}
