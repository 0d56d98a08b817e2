package parity.compare.view;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import parity.tensors.DType;
import parity.tensors.Shape;
import parity.tensors.Tensor;

class TensorViewTest {
  private static final Tensor SIX = Tensor.ofFloats(Shape.of(1, 2, 3), 0, 1, 2, 3, 4, 5);

  @Test
  void of_anotherOrder_isAsNumpyTransposes() {
    TensorView view = TensorView.of(SIX, 2, 0, 1);
    assertThat(view.shape()).isEqualTo(Shape.of(3, 1, 2));
    double[] values = new double[5];
    view.into(1, values, 5, new Widen());
    assertThat(values).isEqualTo(new double[] {3, 1, 4, 2, 5});
    assertThat(view.getDouble(3)).isEqualTo(4);
  }

  @Test
  void of_integersInAnotherOrder_readsEach() {
    TensorView view = TensorView.of(Tensor.ofInts(Shape.of(2, 2), 1, 2, 3, 4), 1, 0);
    assertThat(view.getLong(1)).isEqualTo(3);
  }

  @Test
  void of_sameOrder_isTheTensor() {
    assertThat(TensorView.of(SIX, 0, 1, 2).contiguous()).isTrue();
  }

  @Test
  void of_noOrder_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> TensorView.of(SIX, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> TensorView.of(SIX, 0, 1, 1));
  }

  @Test
  void copy_numberAboveTheLargestLong_isRefused() {
    try (Arena arena = Arena.ofConfined()) {
      TensorView large = TensorView.of(one(DType.U64, -1));
      assertThrows(ArithmeticException.class, () -> large.copy(DType.I32, arena));
      TensorView negative = TensorView.of(one(DType.I64, -1));
      assertThat(negative.copy(DType.I32, arena).toInts()).asList().containsExactly(-1);
    }
  }

  private static Tensor one(DType dtype, long bits) {
    return Tensor.of(dtype, Shape.of(1), MemorySegment.ofArray(new long[] {bits}));
  }
}
