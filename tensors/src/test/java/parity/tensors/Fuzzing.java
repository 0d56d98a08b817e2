package parity.tensors;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * What the fuzz targets have in common: whatever is in a file, its reader reads it, or refuses it
 * with one line of {@link BadInputException}.
 *
 * <p>A target is called {@code *Fuzz}. {@code tools/fuzz} lists them all.
 */
public final class Fuzzing {
  /** Larger files are no seeds: what is mutated in them is nearly always data. */
  private static final long LARGEST_SEED = 16 << 10;

  private static final Path MEMORY = Path.of("/dev/shm");

  private static final Path FOLDER = folder();

  private Fuzzing() {}

  /** What reads a file, and makes use of all that it gives. */
  @FunctionalInterface
  public interface Reader {
    void read(Path file) throws IOException;
  }

  /** Of this process: in memory, where the system has such a folder. */
  private static Path folder() {
    try {
      Path folder =
          Files.isWritable(MEMORY)
              ? Files.createTempDirectory(MEMORY, "parity-fuzz")
              : Files.createTempDirectory("parity-fuzz");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> below = Files.walk(folder)) {
      below.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      System.err.println(folder + " is left behind: " + e.getMessage());
    }
  }

  /** A folder below that of this process, for readers that are given folders. */
  public static Path subfolder(String name) {
    try {
      return Files.createDirectories(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the bytes to a file of that name, has it read, and removes it. */
  public static void readOrRefuse(String name, byte[] content, Reader reader) throws IOException {
    readOrRefuse(FOLDER.resolve(name), content, reader);
  }

  /** Writes the bytes to a file, has it read, and removes it. */
  public static void readOrRefuse(Path file, byte[] content, Reader reader) throws IOException {
    Files.write(file, content);
    try {
      reader.read(file);
    } catch (BadInputException e) {
      String message = String.valueOf(e.getMessage());
      if (message.isBlank() || message.chars().anyMatch(Character::isISOControl)) {
        throw new AssertionError("a message that is no line of text: " + Text.quote(message), e);
      }
    } finally {
      Files.delete(file);
    }
  }

  /** Uses all that a file of tensors has. */
  public static void use(TensorFile file) {
    for (String name : file.names()) {
      Tensor tensor = file.get(name);
      assertThat(file.info(name).shape()).isEqualTo(tensor.shape());
      assertThat(tensor.data().byteSize()).isEqualTo(tensor.elements() * tensor.dtype().bytes());
    }
    for (Other other : file.others().values()) {
      assertWithMessage("what is said of a value")
          .that(other.says().chars().noneMatch(Character::isISOControl))
          .isTrue();
      assertThat(other.digest().get()).isNotEmpty();
    }
    assertThat(file.metadata()).isNotNull();
  }

  /** The small files in a folder whose names end so, to begin with. */
  public static Stream<Arguments> seeds(Path folder, String suffix) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
    Stream.Builder<Arguments> seeds = Stream.builder();
    for (Path file : files) {
      if (Files.size(file) <= LARGEST_SEED) {
        seeds.add(Arguments.of((Object) Files.readAllBytes(file)));
      }
    }
    return seeds.build();
  }
}
