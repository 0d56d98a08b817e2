package parity.cosyvoice.audio.file;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

final class FiniteInputTest {
  @Test
  void read_behindTheEnd_endsAfterSoManyTimes() throws IOException {
    InputStream in = new FiniteInput(new ByteArrayInputStream(new byte[] {7}));
    byte[] bytes = new byte[4];
    assertThat(in.read()).isEqualTo(7);
    for (int i = 0; i < FiniteInput.PATIENCE; i++) {
      assertThat(i % 2 == 0 ? in.read() : in.read(bytes, 0, 4)).isEqualTo(-1);
    }
    assertThrows(IOException.class, in::read);
    assertThrows(IOException.class, () -> in.read(bytes, 0, 4));
  }
}
