package parity.tensors.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parity.tensors.Fuzzing;
import parity.tensors.TensorFile;

/** Zip files of any bytes, by what is in them: of arrays or a checkpoint. */
class NpzFuzz {
  static Stream<Arguments> seeds() throws IOException {
    return Fuzzing.seeds(Path.of("src", "test", "resources", "parity", "tensors"), ".npz");
  }

  @MethodSource("seeds")
  @FuzzTest
  void read_anyBytes_readsOrRefuses(byte[] content) throws IOException {
    Fuzzing.readOrRefuse(
        "fuzz.npz",
        content,
        path -> {
          try (TensorFile file = TensorFiles.open(path)) {
            Fuzzing.use(file);
          }
        });
  }
}
