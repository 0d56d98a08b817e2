package parity.tensors;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void elements_ofRankZero_isOne() {
    assertThat(Shape.of().elements()).isEqualTo(1);
    assertThat(Shape.of().rank()).isEqualTo(0);
    assertThat(Shape.of().strides()).isEmpty();
    assertThat(Shape.of().toString()).isEqualTo("[]");
    assertThat(Shape.of().index(0)).isEqualTo("[]");
  }

  @Test
  void elements_withAxisOfZero_isZeroWhateverTheOthersAre() {
    assertThat(Shape.of(3, 0, 2).elements()).isEqualTo(0);
    assertThat(Shape.of(Long.MAX_VALUE, Long.MAX_VALUE, 0).elements()).isEqualTo(0);
  }

  @Test
  void elements_atTheLimitOfLong_isCounted() {
    assertThat(Shape.of(Long.MAX_VALUE, 1).elements()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void of_moreElementsThanLong_isRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> Shape.of(1L << 62, 2));
    assertThat(e)
        .hasMessageThat()
        .isEqualTo("shape [4611686018427387904, 2] has more elements than a long can count");
  }

  @Test
  void of_negativeAxis_isRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> Shape.of(2, -1));
    assertThat(e).hasMessageThat().isEqualTo("axis of negative size -1 in [2, -1]");
  }

  @Test
  void of_axes_upToTheMost() {
    assertThat(Shape.of(new long[Shape.MAX_RANK]).rank()).isEqualTo(64);
    var e = assertThrows(IllegalArgumentException.class, () -> Shape.of(new long[65]));
    assertThat(e).hasMessageThat().isEqualTo("shape of 65 axes; at most 64 are possible");
  }

  @Test
  void of_arrayChangedLater_staysAsItWas() {
    long[] dims = {2, 3};
    Shape shape = Shape.of(dims);
    dims[0] = 9;
    shape.dims()[1] = 9;
    assertThat(shape).isEqualTo(Shape.of(2, 3));
    assertThat(shape.hashCode()).isEqualTo(Shape.of(2, 3).hashCode());
    assertThat(shape).isNotEqualTo(Shape.of(3, 2));
  }

  @Test
  void dim_negative_countsFromTheLast() {
    Shape shape = Shape.of(2, 3, 4);
    assertThat(shape.dim(0)).isEqualTo(2);
    assertThat(shape.dim(-1)).isEqualTo(4);
    assertThat(shape.dim(-3)).isEqualTo(2);
  }

  @Test
  void strides_areRowMajor() {
    assertThat(Shape.of(2, 3, 4).strides()).isEqualTo(new long[] {12, 4, 1});
    assertThat(Shape.of(2, 0, 4).strides()).isEqualTo(new long[] {4, 4, 1});
  }

  @Test
  void index_ofFlat_isWhereItStands() {
    Shape shape = Shape.of(2, 3, 4);
    assertThat(shape.index(0)).isEqualTo("[0, 0, 0]");
    assertThat(shape.index(17)).isEqualTo("[1, 1, 1]");
    assertThat(shape.index(23)).isEqualTo("[1, 2, 3]");
  }
}
