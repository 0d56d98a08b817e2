package parity.harness.names;

import static com.google.common.truth.Truth.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parity.tensors.DType;
import parity.tensors.Fuzzing;
import parity.tensors.Shape;
import parity.tensors.TensorInfo;

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
          TensorInfo info = new TensorInfo(DType.F32, Shape.of(1, 2, 3));
          Names between =
              names.between(
                  KNOWN,
                  KNOWN,
                  Map.of("a", info, "b", info),
                  new NamesFile.Sides("the capture", "the candidate"));
          assertThat(between.stale()).isNotNull();
          for (String name : KNOWN) {
            if (between.of(name).isPresent()) {
              assertThat(between.fitting(name, info)).isNotNull();
            }
          }
        });
  }
}
