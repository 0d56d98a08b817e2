package parity.harness.names;

import static com.google.common.truth.Truth.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parity.compare.view.TensorView;
import parity.tensors.Shape;
import parity.tensors.Tensor;

final class LayoutsTest {
  private static Layout layout(List<Integer> squeeze, List<Integer> axes, List<Integer> add) {
    return new Layout(squeeze, axes, add);
  }

  @Test
  void between_axesInAnotherOrder_isThatOrder() {
    assertThat(Layouts.between(Shape.of(55, 80, 1), Shape.of(1, 80, 55)))
        .containsExactly(layout(List.of(), List.of(2, 1, 0), List.of()));
  }

  @Test
  void between_axesOfLength1_comeAndGo() {
    assertThat(Layouts.between(Shape.of(80, 55), Shape.of(1, 80, 55)))
        .containsExactly(layout(List.of(), List.of(), List.of(0)));
    assertThat(Layouts.between(Shape.of(1, 1, 80, 55), Shape.of(1, 80, 55)))
        .containsExactly(layout(List.of(0), List.of(), List.of()));
    assertThat(Layouts.between(Shape.of(55, 80), Shape.of(1, 80, 55)))
        .containsExactly(layout(List.of(), List.of(1, 0), List.of(0)));
  }

  @Test
  void between_axesThatAreAsLong_isEveryOrder_thatOfTheFileFirst() {
    List<Layout> found = Layouts.between(Shape.of(4, 4), Shape.of(1, 4, 4));
    assertThat(found).hasSize(2);
    assertThat(found.getFirst()).isEqualTo(layout(List.of(), List.of(), List.of(0)));
  }

  @Test
  void between_otherNumbersOfElements_isNone() {
    assertThat(Layouts.between(Shape.of(4, 5), Shape.of(4, 6))).isEmpty();
    assertThat(Layouts.between(Shape.of(2, 6), Shape.of(3, 4))).isEmpty();
  }

  @Test
  void between_anyShapes_becomesTheExpectedOne() {
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      List<Long> dims = new ArrayList<>();
      IntStream.range(0, random.nextInt(5)).forEach(_ -> dims.add((long) random.nextInt(1, 4)));
      List<Long> others = new ArrayList<>(dims);
      others.removeIf(dim -> dim == 1 && random.nextBoolean());
      if (random.nextBoolean()) {
        others.add(1L);
      }
      Collections.shuffle(others, random);
      Shape actual = Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
      Shape expected = Shape.of(others.stream().mapToLong(Long::longValue).toArray());
      List<Layout> found = Layouts.between(actual, expected);
      assertThat(found).isNotEmpty();
      assertThat(found).containsNoDuplicates();
      for (Layout layout : found) {
        assertThat(layout.fits(actual)).isTrue();
        assertThat(layout.of(actual)).isEqualTo(expected);
        assertThat(layout.of(numbered(actual)).shape()).isEqualTo(expected);
      }
    }
  }

  private static Tensor numbered(Shape shape) {
    return Tensor.ofInts(shape, IntStream.range(0, (int) shape.elements()).toArray());
  }

  @Test
  void of_tensor_movesItsNumbers() {
    Layout layout = layout(List.of(1), List.of(1, 0), List.of(2));
    TensorView view = layout.of(numbered(Shape.of(2, 1, 3)));
    assertThat(view.shape()).isEqualTo(Shape.of(3, 2, 1));
    assertThat(IntStream.range(0, 6).mapToObj(view::getLong).toList())
        .containsExactly(0L, 3L, 1L, 4L, 2L, 5L)
        .inOrder();
  }

  @Test
  void of_tensorWhoseNumbersStayInOrder_isInPlace() {
    Tensor tensor = numbered(Shape.of(2, 1, 3));
    assertThat(layout(List.of(1), List.of(), List.of(0)).of(tensor).contiguous()).isTrue();
    assertThat(layout(List.of(), List.of(1, 0, 2), List.of()).of(tensor).contiguous()).isTrue();
    assertThat(layout(List.of(), List.of(2, 1, 0), List.of()).of(tensor).contiguous()).isFalse();
  }

  @Test
  void fits_axesThatATensorDoesNotHave_isFalse() {
    Shape shape = Shape.of(2, 1, 3);
    assertThat(layout(List.of(0), List.of(), List.of()).fits(shape)).isFalse();
    assertThat(layout(List.of(3), List.of(), List.of()).fits(shape)).isFalse();
    assertThat(layout(List.of(), List.of(1, 0), List.of()).fits(shape)).isFalse();
    assertThat(layout(List.of(1), List.of(2, 0), List.of()).fits(shape)).isFalse();
    assertThat(layout(List.of(), List.of(), List.of(4)).fits(shape)).isFalse();
    assertThat(layout(List.of(1), List.of(1, 0), List.of(2)).fits(shape)).isTrue();
  }
}
