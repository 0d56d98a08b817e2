package parity.tensors.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import parity.tensors.Fuzzing;
import parity.tensors.TensorFile;

/** Safetensors headers of any bytes, with their right length and 64 bytes of data. */
class SafetensorsHeaderFuzz {
  private static final int DATA = 64;

  @FuzzTest
  void read_anyBytes_readsOrRefuses(byte[] content) throws IOException {
    byte[] whole =
        ByteBuffer.allocate(8 + content.length + DATA)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(content.length)
            .put(content)
            .array();
    Fuzzing.readOrRefuse(
        "fuzz.safetensors",
        whole,
        path -> {
          try (TensorFile file = Safetensors.open(path)) {
            Fuzzing.use(file);
          }
        });
  }
}
