package parity.tensors.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.LongFunction;
import parity.tensors.BadInputException;

/**
 * What may be opened. A pipe without a writer is waited for, and a device can be read for ever, so
 * whatever reads a file that somebody names asks here first.
 */
public final class RegularFile {
  private RegularFile() {}

  /**
   * What a path is in place of a regular file, behind all links; nothing where it is one, or where
   * opening it says what is wrong: no such file, permission denied.
   */
  public static Optional<String> otherwise(Path path) {
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException e) {
      return Optional.empty();
    }
    if (found.isDirectory()) {
      return Optional.of("is a folder");
    }
    return found.isRegularFile()
        ? Optional.empty()
        : Optional.of("is not a regular file (a pipe or a device)");
  }

  /**
   * Refuses to open what is no regular file.
   *
   * @throws FileSystemException if it is none, with what it is as the reason
   */
  public static void require(Path path) throws FileSystemException {
    Optional<String> other = otherwise(path);
    if (other.isPresent()) {
      throw new FileSystemException(path.toString(), null, other.get());
    }
  }

  /**
   * Reads a whole file.
   *
   * @param most bytes that it may have
   * @throws FileSystemException if it is no regular file or has more bytes; the reason says so
   */
  public static byte[] bytes(Path path, int most) throws IOException {
    require(path);
    return opened(path, most);
  }

  /**
   * Reads a whole file.
   *
   * @param most bytes that it may have
   * @param tooMany what is thrown where it has more, of its number of bytes
   * @throws FileSystemException if it is no regular file, or grows beyond that while it is read
   */
  public static byte[] bytes(Path path, int most, LongFunction<BadInputException> tooMany)
      throws IOException {
    require(path);
    long size = Files.size(path);
    if (size > most) {
      throw tooMany.apply(size);
    }
    return opened(path, most);
  }

  private static byte[] opened(Path path, int most) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return bytes(path, in, most);
    }
  }

  /**
   * Reads all that a stream has, which may be a pipe.
   *
   * @param path for the message
   * @param most bytes that it may have, less than {@link Integer#MAX_VALUE}
   * @throws FileSystemException if it has more
   */
  public static byte[] bytes(Path path, InputStream in, int most) throws IOException {
    byte[] bytes = in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new FileSystemException(
          path.toString(), null, "has more than %,d bytes".formatted(most));
    }
    return bytes;
  }
}
