package parity.harness.port.dump;

import static com.google.common.truth.Truth.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parity.harness.names.Names;
import parity.harness.names.NamesFile;
import parity.tensors.DType;
import parity.tensors.Fuzzing;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.format.SafetensorsWriter;

/**
 * A folder of a candidate with a good file and one of any bytes, whose tensors are read by names.
 */
class CandidateFuzz {
  private static final Path FOLDER = Fuzzing.subfolder("candidate");
  private static final NamesFile NAMES = names();

  private static NamesFile names() {
    try {
      Path file = Fuzzing.subfolder("names").resolve("names.yaml");
      Files.writeString(file, "expected: {name: a, axes: [0, 2, 1], dtype: F16}\nother: good\n");
      SafetensorsWriter.write(
          FOLDER.resolve("good.safetensors"),
          Map.of("good", Tensor.ofInts(Shape.of(1), 1)),
          Map.of());
      return NamesFile.read(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Stream<Arguments> seeds() throws IOException {
    Path folder = Fuzzing.subfolder("seeds");
    Tensor three = Tensor.ofFloats(Shape.of(1, 2, 3), 1, 2, 3, 4, 5, 6);
    SafetensorsWriter.write(
        folder.resolve("a"), Map.of("a", three, "b", three), Map.of("made", "here"));
    return Fuzzing.seeds(folder, "a");
  }

  @MethodSource("seeds")
  @FuzzTest
  void read_anyBytes_readsOrRefuses(byte[] content) throws IOException {
    Path file = FOLDER.resolve(content.length % 2 == 0 ? "fuzz.safetensors" : "fuzz.npz");
    Fuzzing.readOrRefuse(
        file,
        content,
        path -> {
          try (Dumps dumps = Dumps.open(FOLDER);
              Arena arena = Arena.ofConfined()) {
            assertThat(dumps.metadata()).isNotEmpty();
            Set<String> wanted = new TreeSet<>(dumps.infos().keySet());
            wanted.addAll(List.of("expected", "other"));
            Names names =
                NAMES.between(
                    wanted,
                    wanted,
                    dumps.infos(),
                    new NamesFile.Sides("the capture", "the candidate"));
            NamedDumps named = new NamedDumps(dumps, names);
            for (String name : wanted) {
              if (named.contains(name)) {
                assertThat(named.get(name, DType.F32, arena)).isNotNull();
              }
            }
          }
        });
  }
}
