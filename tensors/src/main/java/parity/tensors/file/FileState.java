package parity.tensors.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import parity.tensors.BadInputException;
import parity.tensors.InPlace;
import parity.tensors.Text;

/**
 * What tells whether a file is still the one that was looked at: its identity where the file system
 * has one, its size in bytes, and the time of the last change to its content.
 */
public final class FileState implements InPlace {
  private static final String REMEDY =
      "; run again, and replace a file that may be in use by renaming another over it";

  private record Attributes(Optional<Object> key, long size, FileTime modified) {
    static Attributes of(Path path) throws IOException {
      BasicFileAttributes read = Files.readAttributes(path, BasicFileAttributes.class);
      return new Attributes(
          Optional.ofNullable(read.fileKey()), read.size(), read.lastModifiedTime());
    }
  }

  private final Path path;
  private final Attributes attributes;

  private FileState(Path path, Attributes attributes) {
    this.path = path;
    this.attributes = attributes;
  }

  /** A file, or what a link leads to, as it is now. */
  public static FileState of(Path path) throws IOException {
    return new FileState(path, Attributes.of(path));
  }

  /** Size in bytes. */
  public long size() {
    return attributes.size();
  }

  @Override
  public void requireUnchanged() {
    Attributes now;
    try {
      now = Attributes.of(path);
    } catch (NoSuchFileException e) {
      throw new BadInputException(path + ": was removed while it was in use" + REMEDY, e);
    } catch (IOException e) {
      throw new BadInputException(
          path + ": cannot be read any more (" + Text.reason(e) + ")" + REMEDY, e);
    }
    if (!now.equals(attributes)) {
      throw new BadInputException(path + ": " + change(now) + REMEDY);
    }
  }

  private String change(Attributes now) {
    if (!now.key().equals(attributes.key())) {
      return "was replaced by another file while it was in use";
    }
    return now.size() == attributes.size()
        ? "was written to while it was in use"
        : "had %d bytes and has %d, it was written to while it was in use"
            .formatted(attributes.size(), now.size());
  }
}
