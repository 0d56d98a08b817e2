package parity.tensors.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file in the making: it is written beside its place under a name of its own and moved there when
 * it is whole. So its place always has the old file or the new one, and a process that has the old
 * one mapped keeps it.
 */
public final class PartFile implements AutoCloseable {
  private static final AtomicLong COUNT = new AtomicLong();

  private final Path target;
  private final Path part;

  private PartFile(Path target, Path part) {
    this.target = target;
    this.part = part;
  }

  /**
   * A name for what will be {@code target}; there is no such file yet. What processes that are no
   * longer alive left of the same target is removed.
   */
  public static PartFile of(Path target) {
    Path absolute = target.toAbsolutePath();
    removeAbandoned(absolute);
    String name =
        ".%s.%d-%d.part"
            .formatted(
                absolute.getFileName(), ProcessHandle.current().pid(), COUNT.getAndIncrement());
    return new PartFile(absolute, absolute.resolveSibling(name));
  }

  private static void removeAbandoned(Path target) {
    Pattern part =
        Pattern.compile(
            "\\." + Pattern.quote(target.getFileName().toString()) + "\\.(\\d{1,18})-\\d+\\.part");
    try (Stream<Path> beside = Files.list(target.resolveSibling(""))) {
      for (Path path : beside.filter(path -> Abandoned.is(part, path)).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // Whoever writes the file will say what is wrong with the folder.
    }
  }

  /** Where to write. */
  public Path path() {
    return part;
  }

  /** Says that the file is whole. */
  public void publish() throws IOException {
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes what was not published. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(part);
  }
}
