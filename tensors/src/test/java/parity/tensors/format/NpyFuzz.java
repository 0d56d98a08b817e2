package parity.tensors.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parity.tensors.Fuzzing;
import parity.tensors.TensorFile;
import parity.tensors.zip.ZipBytes;

/** NumPy arrays of any bytes: alone, and as stored and packed members of a zip file. */
class NpyFuzz {
  static Stream<Arguments> seeds() throws IOException {
    return Fuzzing.seeds(Path.of("src", "test", "resources", "parity", "tensors"), ".npy");
  }

  @MethodSource("seeds")
  @FuzzTest
  void read_anyBytes_readsOrRefuses(byte[] content) throws IOException {
    Fuzzing.readOrRefuse("fuzz.npy", content, NpyFuzz::read);
    Fuzzing.readOrRefuse(
        "fuzz.npz",
        new ZipBytes().stored("a.npy", content).deflated("b.npy", content).toBytes(),
        NpyFuzz::read);
  }

  private static void read(Path path) {
    try (TensorFile file = TensorFiles.open(path)) {
      Fuzzing.use(file);
    }
  }
}
