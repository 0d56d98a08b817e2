package parity.tensors.file;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parity.tensors.BadInputException;
import parity.tensors.InPlace;
import parity.tensors.Shape;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.format.SafetensorsWriter;
import parity.tensors.format.TensorFiles;

/** Files that change while they are mapped: one line, whatever was done to them. */
class ChangedFilesTest {
  private static final int PAGES = 16 << 10;

  @TempDir Path folder;
  private Path file;

  /** What may be done to a file, and what is said of it. */
  enum Change {
    SHORTENED("bytes and has 100, it was written to while it was in use") {
      @Override
      void make(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
          open.setLength(100);
        }
      }
    },
    EMPTIED("bytes and has 0, it was written to while it was in use") {
      @Override
      void make(Path file) throws IOException {
        Files.write(file, new byte[0]);
      }
    },
    GROWN("it was written to while it was in use") {
      @Override
      void make(Path file) throws IOException {
        Files.write(file, new byte[1], StandardOpenOption.APPEND);
      }
    },
    WRITTEN("was written to while it was in use") {
      @Override
      void make(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1]++;
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
      }
    },
    REPLACED("was replaced by another file while it was in use") {
      @Override
      void make(Path file) throws IOException {
        Path other =
            Files.copy(file, file.resolveSibling("other"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
      }
    },
    REMOVED("was removed while it was in use") {
      @Override
      void make(Path file) throws IOException {
        Files.delete(file);
      }
    };

    private final String said;

    Change(String said) {
      this.said = said;
    }

    abstract void make(Path file) throws IOException;

    void makeUnchecked(Path file) {
      try {
        make(file);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  @BeforeEach
  void write() {
    file = folder.resolve("a.safetensors");
    Tensor zeros = Tensor.ofFloats(Shape.of(PAGES), new float[PAGES]);
    SafetensorsWriter.write(file, Map.of("x", zeros), Map.of());
  }

  @ParameterizedTest
  @EnumSource
  void requireUnchanged_ofAnOpenFile_namesFileChangeAndRemedy(Change change) throws IOException {
    try (TensorFile open = TensorFiles.open(file)) {
      open.requireUnchanged();
      change.make(file);
      BadInputException refused = assertThrows(BadInputException.class, open::requireUnchanged);
      assertThat(refused).hasMessageThat().startsWith(file + ": ");
      assertThat(refused).hasMessageThat().contains(change.said);
      assertThat(refused).hasMessageThat().endsWith("by renaming another over it");
    }
  }

  @ParameterizedTest
  @EnumSource
  void during_aChangeInTheMiddle_isSaidWhateverTheWorkMadeOfIt(Change change) {
    try (TensorFile open = TensorFiles.open(file)) {
      Tensor x = open.get("x");
      BadInputException refused =
          assertThrows(
              BadInputException.class,
              () ->
                  InPlace.during(
                      List.of(open),
                      () -> {
                        change.makeUnchecked(file);
                        float sum = 0;
                        for (long i = 0; i < x.elements(); i++) {
                          sum += x.getFloat(i);
                        }
                        return sum;
                      }));
      assertThat(refused).hasMessageThat().contains(change.said);
    }
  }

  @Test
  void during_aChangeBefore_doesNoWork() throws IOException {
    try (TensorFile open = TensorFiles.open(file)) {
      Change.REMOVED.make(file);
      assertThrows(
          BadInputException.class,
          () ->
              InPlace.during(
                  List.of(open),
                  () -> {
                    throw new AssertionError("work");
                  }));
    }
  }

  @Test
  void during_noChange_givesWhatTheWorkGives() {
    try (TensorFile open = TensorFiles.open(file)) {
      assertThat(InPlace.during(List.of(open, InPlace.NOTHING), () -> 7)).isEqualTo(7);
      assertThrows(
          IllegalStateException.class,
          () ->
              InPlace.during(
                  List.of(open),
                  () -> {
                    throw new IllegalStateException("of its own");
                  }));
    }
  }

  @Test
  void open_aFileThatChangesWhileItIsRead_isRefused() {
    BadInputException refused =
        assertThrows(
            BadInputException.class,
            () ->
                MappedFile.open(
                    file,
                    "a file",
                    mapped -> {
                      Change.SHORTENED.makeUnchecked(file);
                      return mapped.bytes().toArray(ValueLayout.JAVA_BYTE).length;
                    }));
    assertThat(refused).hasMessageThat().contains(Change.SHORTENED.said);
  }

  @Test
  void requireUnchanged_throughALink_looksAtWhatItLeadsTo() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), file.getFileName());
    Path other = Files.writeString(folder.resolve("other.safetensors"), "other", UTF_8);
    try (TensorFile open = TensorFiles.open(link)) {
      Path next = Files.createSymbolicLink(folder.resolve("next"), other.getFileName());
      Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
      BadInputException refused = assertThrows(BadInputException.class, open::requireUnchanged);
      assertThat(refused).hasMessageThat().contains("was replaced by another file");
    }
  }
}
