package parity.compare.scan;

import static com.google.common.truth.Truth.assertThat;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import parity.compare.view.TensorView;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

class IntegerScanTest {
  private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private static Tensor of(DType dtype, long... bits) {
    return Tensor.of(dtype, Shape.of(bits.length), MemorySegment.ofArray(bits));
  }

  private static IntegerDifference difference(Tensor expected, Tensor actual) {
    IntegerScan scan = new IntegerScan(TensorView.of(expected), TensorView.of(actual));
    Workers.run(scan);
    return scan.difference();
  }

  @Test
  void difference_unsignedNumbers_arePrintedUnsigned() {
    IntegerDifference one = difference(of(DType.U64, 7, -1), of(DType.U64, 7, -2));
    assertThat(one.none()).isFalse();
    assertThat(one.expected()).isEqualTo(LARGEST);
    assertThat(one.toString())
        .isEqualTo(
            "1 of 2 equal, first difference at 1: expected 18446744073709551615, found"
                + " 18446744073709551614");
  }

  @Test
  void difference_sameBitsOfAnotherNumber_differ() {
    IntegerDifference one = difference(of(DType.U64, 5, -1), of(DType.I64, 5, -1));
    assertThat(one.equal()).isEqualTo(1);
    assertThat(one.firstAt()).hasValue(1L);
    assertThat(one.expected()).isEqualTo(LARGEST);
    assertThat(one.actual()).isEqualTo(BigInteger.valueOf(-1));
    assertThat(difference(of(DType.I64, -1), of(DType.U64, -1)).none()).isFalse();
    assertThat(difference(of(DType.U64, -1), of(DType.U64, -1)).none()).isTrue();
  }

  @Test
  void difference_twoLengths_isOfWhatBothHave() {
    IntegerDifference cut = difference(of(DType.I64, 1, 2, 3), of(DType.I64, 1, 9));
    assertThat(cut.compared()).isEqualTo(2);
    assertThat(cut.equal()).isEqualTo(1);
    assertThat(cut.firstAt()).hasValue(1L);
    IntegerDifference longer = difference(of(DType.I64, 1, 2), of(DType.I64, 1, 2, 3));
    assertThat(longer.equal()).isEqualTo(2);
    assertThat(longer.none()).isFalse();
    IntegerDifference nothing = difference(of(DType.I64, 1, 2), of(DType.I64));
    assertThat(nothing.compared()).isEqualTo(0);
    assertThat(nothing.none()).isFalse();
  }

  @Test
  void difference_atEachSeamOfBlocks_isFound() {
    int size = 2 * Blockwise.BLOCK + 3;
    for (int at : new int[] {0, Blockwise.BLOCK - 1, Blockwise.BLOCK, size - 1}) {
      byte[] bytes = new byte[size];
      bytes[at] = 1;
      Tensor expected = Tensor.of(DType.I8, Shape.of(size), MemorySegment.ofArray(new byte[size]));
      Tensor actual = Tensor.of(DType.I8, Shape.of(size), MemorySegment.ofArray(bytes));
      IntegerDifference one = difference(expected, actual);
      assertThat(one.equal()).isEqualTo(size - 1);
      assertThat(one.firstAt()).hasValue((long) at);
    }
  }
}
