package parity.cosyvoice.audio.file;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parity.tensors.BadInputException;

/** Mutants of whole recordings, which are too long for {@link WavFuzz} and {@link FlacFuzz}. */
final class AudioFileMutantsTest {
  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "parity", "cosyvoice", "frontend", "golden");
  private static final int MUTANTS = 60;
  private static final int HEADER = 64;

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("sounds")
  void read_mutantOfASound_isReadOrRefused(Path sound) throws IOException {
    byte[] whole = Files.readAllBytes(sound);
    Random random = new Random(sound.getFileName().hashCode());
    for (int mutant = 0; mutant < MUTANTS; mutant++) {
      byte[] bytes = whole.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        int reach = random.nextBoolean() ? HEADER : bytes.length;
        bytes[random.nextInt(reach)] = (byte) random.nextInt();
      }
      readOrRefuse(
          random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length)));
    }
  }

  static Stream<Path> sounds() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files
          .filter(file -> !file.toString().endsWith(".safetensors"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private void readOrRefuse(byte[] bytes) throws IOException {
    Path file = folder.resolve("sound");
    Files.write(file, bytes);
    try (Arena arena = Arena.ofConfined()) {
      AudioFile.read(file, arena);
    } catch (BadInputException e) {
      assertThat(e).hasMessageThat().doesNotContain("\n");
    }
  }
}
