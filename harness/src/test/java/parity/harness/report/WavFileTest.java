package parity.harness.report;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parity.tensors.BadInput;
import parity.tensors.Shape;
import parity.tensors.Tensor;

final class WavFileTest {
  private static final int CHANNELS_AT = 22;
  private static final int BLOCK_ALIGN_AT = 32;
  private static final int BITS_AT = 34;

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private byte[] whole;

  @BeforeEach
  void write() throws IOException {
    float[] samples = new float[10_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) Math.sin(i * 0.01);
    }
    Path file = folder.resolve("whole.wav");
    WavFile.write(file, Tensor.ofFloats(Shape.of(1, samples.length), samples), 24_000);
    whole = Files.readAllBytes(file);
  }

  private Tensor read(byte[] bytes, Arena arena) throws IOException {
    return WavFile.read(Files.write(folder.resolve("x.wav"), bytes), arena);
  }

  private String refused(byte[] bytes) {
    try (Arena arena = Arena.ofConfined()) {
      return String.valueOf(assertThrows(BadInput.class, () -> read(bytes, arena)).getMessage());
    }
  }

  @Test
  void read_asWritten_isTheSameToTheBit() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Tensor samples = read(whole, arena);
      assertThat(samples.shape()).isEqualTo(Shape.of(1, 10_000));
      assertThat(samples.getFloat(9_999)).isEqualTo((float) Math.sin(9_999 * 0.01));
    }
  }

  /** The JDK's stream reads none of frames that are longer than its buffer, and never ends. */
  @ParameterizedTest
  @CsvSource({"23556", "16385", "65535", "8", "5", "3", "1"})
  void read_framesOfAnotherSize_isRefusedWithTheSize(int blockAlign) {
    short16(BLOCK_ALIGN_AT, blockAlign);
    assertThat(refused(whole)).contains("x.wav: ");
    assertThat(refused(whole)).contains("in frames of " + blockAlign + " bytes; expected a whole");
  }

  @Test
  void read_otherFormsOrCutOff_saysWhatIsThere() {
    assertThat(refused(Arrays.copyOf(whole, whole.length / 2))).contains(" of 10000 samples; ");
    assertThat(refused("no sound".getBytes(UTF_8))).contains("is not a WAV file that can be read");
    short16(CHANNELS_AT, 2);
    assertThat(refused(whole)).contains("has 2 channels of 32 bits");
  }

  /** Whatever stands in the header, reading ends, and with no other exception. */
  @Test
  void read_alteredHeaders_areReadOrRefused() throws IOException {
    Random random = new Random(11);
    for (int n = 0; n < 3000; n++) {
      byte[] altered = whole.clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        altered[random.nextInt(60)] =
            (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(4) - 1);
      }
      if (random.nextInt(4) == 0) {
        altered[BITS_AT] = (byte) random.nextInt(256);
      }
      try (Arena arena = Arena.ofConfined()) {
        read(altered, arena);
      } catch (BadInput e) {
        assertThat(e).hasMessageThat().startsWith(folder.toString());
      }
    }
  }

  private void short16(int at, int value) {
    ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putShort(at, (short) value);
  }
}
