package parity.cosyvoice.audio.file;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parity.tensors.Fuzzing;

/** FLAC recordings of any bytes. */
class FlacFuzz {
  static Stream<Arguments> seeds() throws IOException {
    return Fuzzing.seeds(
        Path.of("src", "test", "resources", "parity", "cosyvoice", "frontend", "golden"), ".flac");
  }

  @MethodSource("seeds")
  @FuzzTest
  void read_anyBytes_readsOrRefuses(byte[] content) throws IOException {
    Fuzzing.readOrRefuse(
        "fuzz.flac",
        content,
        path -> {
          try (Arena arena = Arena.ofConfined()) {
            AudioFile.read(path, arena);
          }
        });
  }
}
