package parity.tensors.format;

import static com.google.common.truth.Truth.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import parity.tensors.BadInputException;
import parity.tensors.Other;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.zip.ZipBytes;

/** Whatever is in a file, a reader gives its tensors or one line of {@link BadInputException}. */
class ReadersFuzzTest {
  @FuzzTest
  void open_anyBytes_readsOrRefuses(byte[] content) throws IOException {
    readAll(content);
  }

  @FuzzTest
  void open_anySafetensorsHeader_readsOrRefuses(FuzzedDataProvider data) throws IOException {
    int dataBytes = data.consumeInt(0, 64);
    byte[] header = ("{" + data.consumeRemainingAsString()).getBytes(StandardCharsets.UTF_8);
    readAll(
        ByteBuffer.allocate(8 + header.length + dataBytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header)
            .array());
  }

  @FuzzTest
  void open_anyPickle_readsOrRefuses(byte[] pickle) throws IOException {
    readAll(new ZipBytes().stored("x/data.pkl", pickle).stored("x/data/0", new byte[24]).toBytes());
  }

  @FuzzTest
  void open_anyArray_readsOrRefuses(byte[] array) throws IOException {
    readAll(new ZipBytes().stored("a.npy", array).deflated("b.npy", array).toBytes());
  }

  private static void readAll(byte[] content) throws IOException {
    Path path = Files.createTempFile("fuzz", ".bin");
    try (TensorFile file = TensorFiles.open(Files.write(path, content))) {
      for (String name : file.names()) {
        Tensor tensor = file.get(name);
        assertThat(tensor.data().byteSize()).isEqualTo(tensor.elements() * tensor.dtype().bytes());
      }
      for (Other other : file.others().values()) {
        assertThat(other.says().chars().noneMatch(Character::isISOControl)).isTrue();
        assertThat(other.digest().get()).isNotEmpty();
      }
    } catch (BadInputException e) {
      assertThat(e).hasMessageThat().startsWith(path + ": ");
      assertThat(e).hasMessageThat().doesNotContain("\n");
    } finally {
      Files.delete(path);
    }
  }
}
