package parity.tensors.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import parity.tensors.Fuzzing;
import parity.tensors.TensorFile;

/** Safetensors files of any bytes. */
class SafetensorsFuzz {
  @FuzzTest
  void read_anyBytes_readsOrRefuses(byte[] content) throws IOException {
    Fuzzing.readOrRefuse(
        "fuzz.safetensors",
        content,
        path -> {
          try (TensorFile file = Safetensors.open(path)) {
            Fuzzing.use(file);
          }
        });
  }
}
