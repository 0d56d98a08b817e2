package parity.compare.scan;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import parity.compare.view.TensorView;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

/** Numbers that a long has no room for. */
class IntegerDifferenceTest {
  private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private static Tensor of(DType dtype, long... bits) {
    return Tensor.of(dtype, Shape.of(bits.length), MemorySegment.ofArray(bits));
  }

  private static List<IntegerDifference> both(Tensor expected, Tensor actual) {
    IntegerScan scan = new IntegerScan(TensorView.of(expected), TensorView.of(actual));
    scan.look(0, new PairLanes());
    return List.of(IntegerDifference.of(expected, actual), scan.difference());
  }

  @Test
  void of_unsignedNumbers_arePrintedUnsigned() {
    for (IntegerDifference one : both(of(DType.U64, 7, -1), of(DType.U64, 7, -2))) {
      assertThat(one.none()).isFalse();
      assertThat(one.expected()).isEqualTo(LARGEST);
      assertThat(one.toString())
          .isEqualTo(
              "1 of 2 equal, first difference at 1: expected 18446744073709551615, found"
                  + " 18446744073709551614");
    }
  }

  @Test
  void of_sameBitsOfAnotherNumber_differ() {
    for (IntegerDifference one : both(of(DType.U64, 5, -1), of(DType.I64, 5, -1))) {
      assertThat(one.equal()).isEqualTo(1);
      assertThat(one.firstAt()).hasValue(1L);
      assertThat(one.expected()).isEqualTo(LARGEST);
      assertThat(one.actual()).isEqualTo(BigInteger.valueOf(-1));
    }
    for (IntegerDifference one : both(of(DType.I64, -1), of(DType.U64, -1))) {
      assertThat(one.none()).isFalse();
    }
    for (IntegerDifference one : both(of(DType.U64, -1), of(DType.U64, -1))) {
      assertThat(one.none()).isTrue();
    }
  }

  @Test
  void copy_numberAboveTheLargestLong_isRefused() {
    try (Arena arena = Arena.ofConfined()) {
      TensorView large = TensorView.of(of(DType.U64, -1));
      assertThrows(ArithmeticException.class, () -> large.copy(DType.I32, arena));
      TensorView negative = TensorView.of(of(DType.I64, -1));
      assertThat(negative.copy(DType.I32, arena).toInts()).asList().containsExactly(-1);
    }
  }
}
