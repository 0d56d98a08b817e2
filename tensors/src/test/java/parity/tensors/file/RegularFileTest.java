package parity.tensors.file;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import parity.tensors.BadInputException;

/** What is opened, and what is not even tried. */
@DisabledOnOs(OS.WINDOWS)
final class RegularFileTest {
  private static final String OTHER = "is not a regular file (a pipe or a device)";

  @TempDir Path folder;

  /** A pipe, and a device behind a link. */
  private List<Path> others() throws Exception {
    List<Path> others = new ArrayList<>();
    others.add(folder.resolve("pipe"));
    new ProcessBuilder("mkfifo", others.getFirst().toString()).start().waitFor();
    others.add(Files.createSymbolicLink(folder.resolve("zero"), Path.of("/dev/zero")));
    return others;
  }

  @Test
  void everyReader_ofAPipeOrADevice_refusesIt() throws Exception {
    for (Path other : others()) {
      BadInputException mapped =
          assertThrows(
              BadInputException.class, () -> MappedFile.open(other, "an apple", file -> file));
      assertThat(mapped).hasMessageThat().isEqualTo(other + ": " + OTHER + "; expected an apple");
      BadInputException json =
          assertThrows(
              BadInputException.class, () -> JsonFile.read(other, "pears", (name, value) -> {}));
      assertThat(json).hasMessageThat().contains("cannot be read (" + OTHER + "): expected pears");
      for (FileSystemException refused :
          List.of(
              assertThrows(FileSystemException.class, () -> Sha256.text(other)),
              assertThrows(FileSystemException.class, () -> RegularFile.bytes(other, 9)))) {
        assertThat(refused.getReason()).isEqualTo(OTHER);
      }
    }
  }

  @Test
  void bytes_asManyAsAllowed_areReadAndOneMoreIsNot() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[10]);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThat(RegularFile.bytes(link, 10)).hasLength(10);
    FileSystemException refused =
        assertThrows(FileSystemException.class, () -> RegularFile.bytes(file, 9));
    assertThat(refused.getReason()).isEqualTo("has more than 9 bytes");
  }

  @Test
  void otherwise_ofAFolder_saysSoAndOfNothing_leavesItToTheOpening() {
    assertThat(RegularFile.otherwise(folder)).hasValue("is a folder");
    assertThat(RegularFile.otherwise(folder.resolve("none"))).isEmpty();
    assertThrows(NoSuchFileException.class, () -> RegularFile.bytes(folder.resolve("none"), 9));
  }
}
