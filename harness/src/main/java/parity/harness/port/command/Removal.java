package parity.harness.port.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import parity.tensors.Text;

/**
 * Takes away a folder that somebody else filled. Folders in folders are moved up before they are
 * emptied, so that none is too deep for a path; links are not followed; folders without permissions
 * get them back; what vanishes meanwhile is none of our business.
 */
final class Removal {
  private static final int ATTEMPTS = 3;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

  private final Path folder;
  private final String last;
  private long moved;

  private Removal(Path folder, String last) {
    this.folder = folder;
    this.last = last;
  }

  /**
   * Takes a folder away.
   *
   * @param last name of the file in it that is to go last
   * @return what is left, and why; nothing where all is gone
   */
  static Optional<String> of(Path folder, String last) {
    Removal removal = new Removal(folder, last);
    IOException why = null;
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        removal.run();
        return Optional.empty();
      } catch (IOException e) {
        why = e;
        LockSupport.parkNanos(PAUSE);
      }
    }
    return Optional.of(
        "%s: cannot be removed (%s); remove it by hand"
            .formatted(Text.visible(folder.toString()), why == null ? "" : Text.reason(why)));
  }

  private void run() throws IOException {
    for (List<Path> found = children(folder); !found.isEmpty(); found = children(folder)) {
      for (Path child : found) {
        empty(child);
        Files.deleteIfExists(child);
      }
    }
    Files.deleteIfExists(folder.resolve(last));
    Files.deleteIfExists(folder);
  }

  private void empty(Path child) throws IOException {
    if (!Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    for (Path grandchild : children(child)) {
      if (Files.isDirectory(grandchild, LinkOption.NOFOLLOW_LINKS)) {
        open(grandchild);
        Files.move(grandchild, unused());
      } else {
        Files.deleteIfExists(grandchild);
      }
    }
  }

  private Path unused() {
    Path path = folder.resolve("removed-" + moved++);
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? unused() : path;
  }

  private List<Path> children(Path of) throws IOException {
    open(of);
    try (Stream<Path> children = Files.list(of)) {
      return children
          .filter(child -> !(child.equals(folder.resolve(last)) && isFile(child)))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (UncheckedIOException | DirectoryIteratorException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
    }
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Without these a folder can be neither listed nor emptied, and not even moved. */
  private static void open(Path folder) throws IOException {
    if (!(Files.isReadable(folder) && Files.isWritable(folder) && Files.isExecutable(folder))) {
      try {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      } catch (NoSuchFileException | UnsupportedOperationException e) {
        // Then there is nothing to do, or nothing that can be done.
      }
    }
  }
}
