package parity.cosyvoice.hift.generator;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CausalConv1dTest {
  /** Upstream's {@code int((k * d - d) / 2) * 2 + (k + 1) % 2}, and stride - 1 going down. */
  @ParameterizedTest
  @CsvSource({
    "11, 1, 5, 50",
    "3, 1, 1, 2",
    "4, 1, 1, 3",
    "5, 1, 1, 4",
    "1, 1, 1, 0",
    "30, 15, 1, 14"
  })
  void causalPadding_anyKernel_isUpstreams(int kernel, int stride, int dilation, int expected) {
    assertThat(new CausalConv1d("conv", 1, 1, kernel, stride, dilation).causalPadding())
        .isEqualTo(expected);
  }
}
