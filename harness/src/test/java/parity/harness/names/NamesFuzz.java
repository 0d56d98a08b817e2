package parity.harness.names;

import static com.google.common.truth.Truth.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parity.tensors.Fuzzing;

/** A names file of any bytes. */
class NamesFuzz {
  private static final java.util.List<String> KNOWN =
      java.util.List.of("a", "flow.input_embedding");

  static Stream<Arguments> seeds() throws IOException {
    return Fuzzing.seeds(Path.of("..", "examples", "c_port"), "names.yaml");
  }

  @MethodSource("seeds")
  @FuzzTest
  void read_anyBytes_readsOrRefuses(byte[] content) throws IOException {
    Fuzzing.readOrRefuse(
        "names.yaml",
        content,
        path -> {
          NamesFile names = NamesFile.read(path);
          assertThat(names.types()).isNotNull();
          names.requireExpected(KNOWN, "the capture");
        });
  }
}
