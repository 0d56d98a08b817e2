package parity.tensors;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void of_bytesOfAnotherSize_isRefused() {
    MemorySegment seven = MemorySegment.ofArray(new byte[7]);
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> Tensor.of(DType.F32, Shape.of(2), seven));
    assertThat(e).hasMessageThat().isEqualTo("F32 [2] takes 8 bytes, not 7");
  }

  @Test
  void of_moreBytesThanLong_isRefused() {
    Shape shape = Shape.of(1L << 61);
    assertThrows(
        ArithmeticException.class,
        () -> Tensor.of(DType.F32, shape, MemorySegment.ofArray(new byte[0])));
  }

  @Test
  void allocate_isZeroAndAligned() {
    try (Arena arena = Arena.ofConfined()) {
      Tensor tensor = Tensor.allocate(DType.F64, Shape.of(3), arena);
      assertThat(tensor.data().address() % 64).isEqualTo(0);
      assertThat(tensor.getDouble(2)).isEqualTo(0.0);
    }
  }

  @Test
  void get_afterItsArenaIsClosed_isRefused() {
    Tensor tensor;
    try (Arena arena = Arena.ofConfined()) {
      tensor = Tensor.allocate(DType.F32, Shape.of(3), arena);
    }
    assertThrows(IllegalStateException.class, () -> tensor.getFloat(0));
  }

  @Test
  void ofFloats_sharesTheArray() {
    float[] values = {1, 2, 3};
    Tensor tensor = Tensor.ofFloats(Shape.of(3), values);
    tensor.setFloat(1, 9);
    assertThat(values[1]).isEqualTo(9);
    assertThat(tensor.toFloats()).usingExactEquality().containsExactly(1, 9, 3).inOrder();
  }

  @Test
  void getFloat_ofAnotherType_isRefusedNotConverted() {
    Tensor ints = Tensor.ofInts(Shape.of(1), 1);
    var e = assertThrows(IllegalStateException.class, () -> ints.getFloat(0));
    assertThat(e).hasMessageThat().isEqualTo("tensor is I32, not F32");
    assertThrows(IllegalStateException.class, () -> ints.getDouble(0));
    assertThrows(IllegalStateException.class, () -> Tensor.ofFloats(Shape.of(1), 1).getLong(0));
  }

  @Test
  void get_pastTheEnd_isRefused() {
    Tensor tensor = Tensor.ofDoubles(Shape.of(2), 1, 2);
    assertThat(tensor.getDouble(1)).isEqualTo(2);
    assertThrows(IndexOutOfBoundsException.class, () -> tensor.getDouble(2));
    assertThrows(IndexOutOfBoundsException.class, () -> tensor.getDouble(-1));
  }

  @Test
  void getDouble_ofHalfTypes_widensWithoutLoss() {
    MemorySegment bytes = MemorySegment.ofArray(new byte[] {0x01, 0x3c, (byte) 0x81, (byte) 0xbf});
    assertThat(Tensor.of(DType.F16, Shape.of(2), bytes).getDouble(0)).isEqualTo(1 + 0x1p-10);
    assertThat(Tensor.of(DType.BF16, Shape.of(2), bytes).getDouble(1)).isEqualTo(-1 - 0x1p-7);
  }

  @Test
  void getLong_ofEachIntegerType_hasTheRightSign() {
    MemorySegment ones = MemorySegment.ofArray(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1});
    assertThat(Tensor.of(DType.I64, Shape.of(1), ones).getLong(0)).isEqualTo(-1);
    assertThat(Tensor.of(DType.I32, Shape.of(2), ones).getLong(1)).isEqualTo(-1);
    assertThat(Tensor.of(DType.I16, Shape.of(4), ones).getLong(3)).isEqualTo(-1);
    assertThat(Tensor.of(DType.I8, Shape.of(8), ones).getLong(7)).isEqualTo(-1);
    assertThat(Tensor.of(DType.U8, Shape.of(8), ones).getLong(7)).isEqualTo(255);
  }

  @Test
  void reshape_keepsTheBytes() {
    Tensor tensor = Tensor.ofInts(Shape.of(2, 3), 0, 1, 2, 3, 4, 5);
    assertThat(tensor.reshape(3, 2).toInts()).asList().containsExactly(0, 1, 2, 3, 4, 5).inOrder();
    assertThrows(IllegalArgumentException.class, () -> tensor.reshape(4, 2));
    assertThat(tensor.toString()).isEqualTo("I32 [2, 3]");
  }

  @Test
  void rms_ofFloatingTypes_isTheRootOfTheMeanSquare() {
    assertThat(Tensor.ofFloats(Shape.of(2), new float[] {3, -4}).rms()).isEqualTo(Math.sqrt(12.5));
    assertThat(Tensor.ofDoubles(Shape.of(1), new double[] {-1e-300}).rms()).isEqualTo(0.0);
    assertThat(Tensor.ofFloats(Shape.of(0), new float[0]).rms()).isNaN();
    assertThrows(
        IllegalStateException.class, () -> Tensor.ofInts(Shape.of(1), new int[] {1}).rms());
  }
}
