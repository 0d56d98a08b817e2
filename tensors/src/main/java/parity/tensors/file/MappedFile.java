package parity.tensors.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import parity.tensors.BadInputException;
import parity.tensors.InPlace;
import parity.tensors.Little;
import parity.tensors.Text;

/**
 * A whole file, mapped read-only in one piece however large it is, and the arena of its tensors.
 */
public final class MappedFile implements InPlace, AutoCloseable {
  private final Path path;
  private final FileState opened;
  private final Arena arena;
  private final MemorySegment bytes;

  private MappedFile(Path path, FileState opened, Arena arena, MemorySegment bytes) {
    this.path = path;
    this.opened = opened;
    this.arena = arena;
    this.bytes = bytes;
  }

  /**
   * Maps a file and hands it to a reader, which owns it from then on unless it throws.
   *
   * @param expected what the file should be, for messages: {@code a safetensors file}
   * @throws BadInputException if there is no such file, it is a folder, a pipe, a device, empty or
   *     unreadable, or it changes while it is read
   */
  public static <T> T open(Path path, String expected, Function<MappedFile, T> reader) {
    @SuppressWarnings("MustBeClosedChecker") // closed by the reader's close(), or here if it throws
    Arena arena = Arena.ofShared();
    try {
      MappedFile file = map(path, expected, arena);
      return InPlace.during(List.of(file), () -> reader.apply(file));
    } catch (RuntimeException | Error e) {
      close(arena);
      throw e;
    }
  }

  private static MappedFile map(Path path, String expected, Arena arena) {
    Optional<String> other = RegularFile.otherwise(path);
    if (other.isPresent()) {
      throw new BadInputException(path + ": " + other.get() + "; expected " + expected);
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      FileState opened = FileState.of(path);
      if (opened.size() == 0) {
        throw new BadInputException(
            path + ": is empty; expected " + expected + ", so get it again");
      }
      return new MappedFile(
          path, opened, arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, opened.size(), arena));
    } catch (NoSuchFileException e) {
      throw new BadInputException(path + ": no such file; expected " + expected, e);
    } catch (IOException e) {
      throw new BadInputException(
          path + ": cannot be read (" + Text.reason(e) + "); expected " + expected, e);
    }
  }

  public Path path() {
    return path;
  }

  @Override
  public void requireUnchanged() {
    opened.requireUnchanged();
  }

  public long size() {
    return bytes.byteSize();
  }

  public MemorySegment bytes() {
    return bytes;
  }

  public boolean startsWith(int... magic) {
    return Little.startsWith(bytes, magic);
  }

  /**
   * Memory off the heap that lives as long as the file is open.
   *
   * @param what whose memory it is, for the message
   * @throws BadInputException if the process may not have that much
   */
  public MemorySegment allocate(long size, String what) {
    try {
      return arena.allocate(size, 64);
    } catch (OutOfMemoryError e) {
      throw new BadInputException(
          path
              + ": no memory for the "
              + size
              + " bytes of "
              + what
              + ", which cannot be used in place; raise -XX:MaxDirectMemorySize",
          e);
    }
  }

  /** What is wrong with this file, ready to be thrown. */
  public BadInputException bad(String message) {
    return new BadInputException(path + ": " + message);
  }

  @Override
  public void close() {
    close(arena);
  }

  private static void close(Arena arena) {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
