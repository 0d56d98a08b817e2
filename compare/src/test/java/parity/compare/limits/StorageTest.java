package parity.compare.limits;

import static com.google.common.truth.Truth.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parity.tensors.DType;

final class StorageTest {
  @ParameterizedTest
  @EnumSource
  void error_anyNumber_isHalfTheDistanceOfNeighboursAtMost(Storage storage) {
    Random random = new Random(2);
    for (int i = 0; i < 100_000; i++) {
      double value = (float) (random.nextGaussian() * Math.scalb(1.0, random.nextInt(-20, 10)));
      assertThat(Math.abs(storage.error(value))).isAtMost(storage.most(value));
      double stored = value + storage.error(value);
      assertThat(storage.error(stored)).isEqualTo(0.0);
    }
  }

  @Test
  void error_tie_goesToEven() {
    assertThat(Storage.BF16.error(1 + 0x1p-8)).isEqualTo(-0x1p-8);
    assertThat(Storage.BF16.error(1 + 3 * 0x1p-8)).isEqualTo(0x1p-8);
    assertThat(Storage.F16.error(1 + 0x1p-11)).isEqualTo(-0x1p-11);
    assertThat(Storage.F32.error(1 + 0x1p-24)).isEqualTo(-0x1p-24);
  }

  @Test
  void error_whatHasNoLike_isNone() {
    assertThat(Storage.F16.error(1e6)).isEqualTo(0.0);
    assertThat(Storage.F16.error(Double.NaN)).isEqualTo(0.0);
  }

  @Test
  void of_aCoarserType_isItsRounding() {
    assertThat(Storage.of(DType.F16, DType.F32)).isEqualTo(Storage.F16);
    assertThat(Storage.of(DType.BF16, DType.F32)).isEqualTo(Storage.BF16);
    assertThat(Storage.of(DType.F32, DType.F64)).isEqualTo(Storage.F32);
    assertThat(Storage.of(DType.F64, DType.F32)).isEqualTo(Storage.NONE);
    assertThat(Storage.of(DType.F32, DType.F32)).isEqualTo(Storage.NONE);
  }
}
