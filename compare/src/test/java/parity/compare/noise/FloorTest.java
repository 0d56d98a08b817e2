package parity.compare.noise;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;
import parity.compare.limits.Rounding;
import parity.tensors.DType;

class FloorTest {
  private static final double U = 0x1p-24;

  @Test
  void rms_noisyReference_isItsResidual() {
    assertThat(new Floor(DType.F32, 1e-6, 4e-6, 1, 1000).rms()).isEqualTo(1e-6);
  }

  @Test
  void rms_exactReference_isAQuarterOfTheLastPlace() {
    assertThat(new Floor(DType.F32, 0, 0, 8, 64).rms()).isEqualTo(U * 4);
  }

  @Test
  void rms_fewElements_growsAsTheyGetFewer() {
    assertThat(new Floor(DType.F32, 1e-6, 1e-6, 1, 64).rms()).isEqualTo(1e-6);
    assertThat(new Floor(DType.F32, 1e-6, 1e-6, 1, 16).rms()).isEqualTo(2e-6);
    assertThat(new Floor(DType.F32, 1e-6, 1e-6, 1, 1).rms()).isEqualTo(8e-6);
  }

  @Test
  void group_quietGroup_isTheFloor() {
    assertThat(new Floor(DType.F32, 1e-6, 4e-6, 1, 1000).group(1e-9, 1)).isEqualTo(1e-6);
  }

  @Test
  void group_noisyGroup_isItsOwnResidual() {
    assertThat(new Floor(DType.F32, 1e-6, 4e-6, 1, 1000).group(3e-6, 1)).isEqualTo(3e-6);
  }

  @Test
  void group_loudGroupThatIsExact_isItsOwnLastPlace() {
    assertThat(new Floor(DType.F32, 1e-9, 4e-9, 1, 1000).group(0, 1000)).isEqualTo(U * 500);
  }

  @Test
  void element_exactReference_isHalfAUnitInItsOwnLastPlace() {
    Floor exact = new Floor(DType.F32, 0, 0, 1, 1000);
    assertThat(exact.element(1)).isEqualTo(Math.ulp(1f) / 2.0);
    assertThat(exact.element(1000)).isEqualTo(Math.ulp(1000f) / 2.0);
    assertThat(exact.element(1e-9)).isEqualTo(U / 2);
  }

  @Test
  void halfUlp_eachType_isHalfTheDistanceOfNeighbours() {
    assertThat(Rounding.halfUlp(DType.F64, 3)).isEqualTo(Math.ulp(3.0) / 2);
    assertThat(Rounding.halfUlp(DType.F32, -3)).isEqualTo(Math.ulp(3f) / 2.0);
    assertThat(Rounding.halfUlp(DType.F32, 0)).isEqualTo(Float.MIN_VALUE / 2.0);
    assertThat(Rounding.halfUlp(DType.F16, 1)).isEqualTo(0x1p-11);
    assertThat(Rounding.halfUlp(DType.F16, 0)).isEqualTo(0x1p-25);
    assertThat(Rounding.halfUlp(DType.BF16, 1)).isEqualTo(0x1p-8);
  }
}
