package parity.tensors;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TensorsTest {
  private final Arena arena = Arena.ofAuto();

  private static Tensor counted(long... dims) {
    Shape shape = Shape.of(dims);
    int[] values = new int[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return Tensor.ofInts(shape, values);
  }

  @Property(tries = 200)
  void narrow_anyAxis_holdsWhatStandsThere(
      @ForAll @IntRange(min = 1, max = 4) int a,
      @ForAll @IntRange(min = 1, max = 4) int b,
      @ForAll @IntRange(min = 1, max = 4) int c,
      @ForAll @IntRange(min = -3, max = 2) int axis,
      @ForAll @IntRange(min = 0, max = 3) int start) {
    Tensor x = counted(a, b, c);
    long from = Math.min(start, x.shape().dim(axis));
    long length = x.shape().dim(axis) - from;
    Tensor part = Tensors.narrow(x, axis, from, length, arena);
    long[] offset = new long[3];
    offset[Math.floorMod(axis, 3)] = from;
    long at = 0;
    for (long i = 0; i < part.shape().dim(0); i++) {
      for (long j = 0; j < part.shape().dim(1); j++) {
        for (long k = 0; k < part.shape().dim(2); k++) {
          long flat = ((i + offset[0]) * b + j + offset[1]) * c + k + offset[2];
          assertThat(part.getLong(at++)).isEqualTo(flat);
        }
      }
    }
    assertThat(at).isEqualTo(part.elements());
  }

  @Property(tries = 200)
  void concat_partsOfATensor_isTheTensor(
      @ForAll @IntRange(min = 1, max = 5) int a,
      @ForAll @IntRange(min = 1, max = 5) int b,
      @ForAll @IntRange(min = -2, max = 1) int axis,
      @ForAll @IntRange(min = 0, max = 5) int cut) {
    Tensor x = counted(a, b);
    long length = x.shape().dim(axis);
    long first = Math.min(cut, length);
    Tensor joined =
        Tensors.concat(
            List.of(
                Tensors.narrow(x, axis, 0, first, arena),
                Tensors.narrow(x, axis, first, length - first, arena)),
            axis,
            arena);
    assertThat(joined.shape()).isEqualTo(x.shape());
    assertThat(joined.toInts()).isEqualTo(x.toInts());
  }

  @Test
  void slice_firstLongAxis_sharesMemory() {
    Tensor x = counted(1, 4, 2);
    Tensor part = Tensors.slice(x, 1, 1, 2);
    assertThat(part.shape()).isEqualTo(Shape.of(1, 2, 2));
    assertThat(part.toInts()).isEqualTo(new int[] {2, 3, 4, 5});
    assertThat(part.data().address()).isEqualTo(x.data().address() + 2 * Integer.BYTES);
    assertThat(Tensors.head(x, 1, 1).toInts()).isEqualTo(new int[] {0, 1});
    assertThat(Tensors.row(counted(3, 2), 2).toInts()).isEqualTo(new int[] {4, 5});
  }

  @Test
  void slice_axisBehindALongOne_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Tensors.slice(counted(2, 3), 1, 0, 1));
  }

  @Test
  void narrow_outsideTheAxis_isRefused() {
    Tensor x = counted(2, 3);
    assertThrows(IndexOutOfBoundsException.class, () -> Tensors.narrow(x, 1, 2, 2, arena));
    assertThrows(IndexOutOfBoundsException.class, () -> Tensors.narrow(x, 1, -1, 2, arena));
    assertThrows(IndexOutOfBoundsException.class, () -> Tensors.head(counted(3), 0, 4));
  }

  @Test
  void copy_otherTypeOrShape_isRefused() {
    Tensor x = counted(2, 3);
    Tensor floats = Tensor.ofFloats(Shape.of(2, 3), 0, 0, 0, 0, 0, 0);
    assertThrows(IllegalArgumentException.class, () -> Tensors.copy(x, 0, floats, 0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> Tensors.copy(x, 0, counted(3, 3), 0, 1, 1));
  }
}
