package parity.tensors;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.tensors.checkpoint.Checkpoint;

/** All 256 bytes of each type, against PyTorch where it has the type. */
class Float8Test {
  private static final Path FIXTURE = Path.of("src/test/resources/parity/tensors/float8.pt");

  @ParameterizedTest
  @CsvSource({"float8_e4m3fn, F8_E4M3", "float8_e5m2, F8_E5M2"})
  void getDouble_ofEachByte_isWhatPyTorchWidensItTo(String name, DType dtype) {
    try (Checkpoint file = Checkpoint.open(FIXTURE)) {
      Tensor tensor = file.get(name);
      Tensor widened = file.get(name + " widened");
      assertThat(tensor.dtype()).isEqualTo(dtype);
      assertThat(tensor.elements()).isEqualTo(256);
      for (int i = 0; i < 256; i++) {
        assertThat(tensor.data().get(Little.BYTE, i)).isEqualTo((byte) i);
        float value = widened.getFloat(i);
        assertWithMessage("%s", i).that(tensor.getDouble(i)).isEqualTo((double) value);
        assertThat(1 / tensor.getDouble(i)).isEqualTo(1 / (double) value);
      }
    }
  }

  @Test
  void fromE8M0_ofEachByte_isThatPowerOfTwo() {
    for (int i = 0; i < 255; i++) {
      assertThat((double) Float8.fromE8M0((byte) i)).isEqualTo(Math.pow(2, i - 127));
    }
    assertThat(Float8.fromE8M0((byte) 255)).isNaN();
  }
}
