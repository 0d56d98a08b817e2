package parity.tensors.checkpoint;

import static com.google.common.truth.Truth.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parity.tensors.Fuzzing;

/** Checkpoints of any bytes, also where their checksums are wrong. */
class CheckpointFuzz {
  static Stream<Arguments> seeds() throws IOException {
    return Fuzzing.seeds(Path.of("src", "test", "resources", "parity", "tensors"), ".pt");
  }

  @MethodSource("seeds")
  @FuzzTest
  void read_anyBytes_readsOrRefuses(byte[] content) throws IOException {
    Fuzzing.readOrRefuse(
        "fuzz.pt",
        content,
        path -> {
          try (Checkpoint checkpoint = Checkpoint.open(path)) {
            Fuzzing.use(checkpoint);
            assertThat(checkpoint.notTensors()).isNotNull();
            assertThat(checkpoint.fingerprint()).hasLength(64);
            assertThat(checkpoint.verify((bytes, count) -> {})).isNotNull();
          }
        });
  }
}
