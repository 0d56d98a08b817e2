package parity.harness.port.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import parity.tensors.BadInputException;
import parity.tensors.Text;

/**
 * A folder in the temporary one, for a command; it is gone afterwards. It holds a file that is
 * locked while it is in use. A process that is killed takes nothing away, but loses its locks, so
 * whoever makes the next folder takes away those that nobody holds.
 */
final class Scratch implements AutoCloseable {
  private static final String PREFIX = "parity-candidate-";
  private static final String LOCK = "lock";

  /** After which a folder without a lock is no newborn. */
  private static final Duration NEW = Duration.ofHours(1);

  private static final int ATTEMPTS = 10;

  /**
   * Of this process. Their locks must not be tried: on POSIX, to close a file is to lose all locks
   * that the process has on it.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;
  private final Consumer<String> warn;

  private Scratch(Path path, FileChannel lock, Consumer<String> warn) {
    this.path = path;
    this.lock = lock;
    this.warn = warn;
  }

  /** Where temporary folders are. */
  static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /**
   * Makes a folder, and takes away those that dead processes left.
   *
   * @param warn is told what cannot be taken away afterwards
   * @throws BadInputException if there can be none
   */
  static Scratch make(Path temporary, Consumer<String> warn) {
    try {
      for (int i = 0; i < ATTEMPTS; i++) {
        Optional<Scratch> made = attempt(temporary, warn);
        if (made.isPresent()) {
          sweep(temporary, Files.getOwner(made.get().path));
          return made.get();
        }
      }
      throw new IOException("each folder was taken away at once");
    } catch (IOException e) {
      throw unusable(temporary, e);
    }
  }

  /** Nothing where somebody who sweeps took the folder for a dead one before it was locked. */
  private static Optional<Scratch> attempt(Path temporary, Consumer<String> warn)
      throws IOException {
    Path path = Files.createTempDirectory(temporary, PREFIX);
    OURS.add(path);
    try {
      Optional<FileChannel> lock = lock(path, StandardOpenOption.CREATE);
      if (lock.isPresent() && Files.exists(path.resolve(LOCK))) {
        return Optional.of(new Scratch(path, lock.get(), warn));
      }
      if (lock.isPresent()) {
        lock.get().close();
      }
    } catch (IOException e) {
      Removal.of(path, LOCK);
      OURS.remove(path);
      throw e;
    }
    OURS.remove(path);
    return Optional.empty();
  }

  /** Locks a folder; nothing where somebody else has it. */
  private static Optional<FileChannel> lock(Path folder, StandardOpenOption how)
      throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE, how);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      if (channel.tryLock() != null) {
        return Optional.of(channel);
      }
    } catch (OverlappingFileLockException e) {
      // As if it were another process.
    }
    channel.close();
    return Optional.empty();
  }

  private static void sweep(Path temporary, UserPrincipal us) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (Path folder : found) {
        if (!OURS.contains(folder)
            && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(us)) {
          sweep(folder);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // They take room and nothing else; the next command tries again.
    }
  }

  private static void sweep(Path folder) throws IOException {
    // The command could have put anything there; to open a pipe is to wait for ever.
    if (Files.isRegularFile(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)) {
      Optional<FileChannel> lock = lock(folder, StandardOpenOption.WRITE);
      if (lock.isPresent()) {
        try (FileChannel _ = lock.get()) {
          Removal.of(folder, LOCK);
        }
      }
    } else if (Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS)
        .toInstant()
        .isBefore(Instant.now().minus(NEW))) {
      Removal.of(folder, LOCK);
    }
  }

  Path path() {
    return path;
  }

  /** Makes a folder in it. */
  Path folder(String name) {
    try {
      return Files.createDirectory(path.resolve(name));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** What is said where nothing can be written here. */
  BadInputException unusable(IOException e) {
    return unusable(path, e);
  }

  private static BadInputException unusable(Path where, IOException e) {
    return new BadInputException(
        "%s: the candidate's inputs cannot be written to the temporary folder (%s); make room there,"
                .formatted(where, Text.reason(e))
            + " or name another folder: export JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR",
        e);
  }

  @Override
  public void close() {
    remove();
  }

  /** Removes the folder and all that is in it, as far as it can be. */
  synchronized void remove() {
    Optional<String> left = Removal.of(path, LOCK);
    left.ifPresent(warn);
    OURS.remove(path);
    try {
      lock.close();
    } catch (IOException e) {
      // The file is gone already.
    }
  }
}
