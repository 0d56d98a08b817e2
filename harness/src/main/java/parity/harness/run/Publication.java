package parity.harness.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parity.harness.report.ReportJson;
import parity.tensors.file.Abandoned;

/**
 * Puts a set of files in place of an earlier one in the same folder. Whatever ends the process at
 * whatever moment, whoever looks finds the whole earlier set or the whole new one.
 *
 * <p>One by one, each file becomes a symbolic link to itself by way of {@code .parity-current},
 * which is a link to a folder with the earlier set (hard links). One rename turns {@code
 * .parity-current} to the folder with the new set, and with it all of the links. One by one, each
 * link becomes the file that it leads to. What an interrupted process left of this reads as the set
 * that it is, and {@link #settle} ends it. The Python package does the same in {@code
 * write/publication.py}, and takes the same lock.
 *
 * <p>Where a file system has no links, the files with the verdict go first and come last, and
 * {@code .parity-publishing} stands there meanwhile.
 */
final class Publication {
  /** What the names of all that is no result begin with. */
  static final String PREFIX = ".parity-";

  /** Followed by the process that keeps an earlier set there. */
  static final String EARLIER = PREFIX + "earlier-";

  private static final String NEXT = PREFIX + "next-";
  private static final String CURRENT = PREFIX + "current";
  private static final String LOCK = PREFIX + "lock";
  private static final String PUBLISHING = PREFIX + "publishing";

  private static final Pattern OWNED =
      Pattern.compile(Pattern.quote(PREFIX) + "(?:unfinished|earlier|next)-(\\d{1,18})");

  /** Files that say the verdict; the one that is looked for first is the last. */
  private static final List<String> VERDICT = List.of("report.html", "junit.xml", ReportJson.NAME);

  /** A change to the folder is about to be made. */
  @FunctionalInterface
  interface Step {
    void before();
  }

  /** Does something with files. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private final Path folder;
  private final Path made;
  private final SortedSet<String> outdated;
  private final SortedSet<String> names = new TreeSet<>();
  private final Step step;

  private Publication(Path folder, Path made, Collection<String> outdated, Step step) {
    this.folder = folder;
    this.made = made;
    this.outdated = new TreeSet<>(outdated);
    this.step = step;
  }

  /**
   * Publishes.
   *
   * @param made a folder in {@code folder} with the new set; it is empty afterwards
   * @param outdated names of files that belong to an earlier set alone, and go
   */
  static void run(Path folder, Path made, Collection<String> outdated) throws IOException {
    run(folder, made, outdated, true, () -> {});
  }

  /**
   * As {@link #run(Path, Path, Collection)}.
   *
   * @param links whether links may be tried
   * @param step is told of every change before it is made
   */
  static void run(Path folder, Path made, Collection<String> outdated, boolean links, Step step)
      throws IOException {
    Publication publication = new Publication(folder, made, outdated, step);
    locked(
        folder,
        () -> {
          settleLocked(folder, step);
          publication.findNames();
          if (!links || !publication.byLinks()) {
            publication.oneByOne();
          }
        });
  }

  /** Whether the folder is one in which a set was being replaced, and is not whole. */
  static boolean isInterrupted(Path folder) {
    return Files.exists(folder.resolve(PUBLISHING));
  }

  /** Whether something is, or was, in the making there. */
  static boolean isUnfinished(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.anyMatch(child -> OWNED.matcher(child.getFileName().toString()).matches());
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether that is the name of a file or folder of a process that is no longer alive. */
  static boolean isOfTheDead(Path name) {
    return Abandoned.is(OWNED, name);
  }

  /** Ends what a process began that was interrupted; the set stays the one that it reads as. */
  static void settle(Path folder) throws IOException {
    if (Files.isSymbolicLink(folder.resolve(CURRENT))) {
      locked(folder, () -> settleLocked(folder, () -> {}));
    }
  }

  private static synchronized void locked(Path folder, Work work) throws IOException {
    Path file = folder.resolve(LOCK);
    while (true) {
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          @Nullable FileLock _ = lock(channel)) {
        if (!isStill(file, channel)) {
          continue;
        }
        try {
          work.run();
        } finally {
          Files.deleteIfExists(file);
        }
        return;
      }
    }
  }

  /** Waits for the lock; there is none where a file system does not know any. */
  private static @Nullable FileLock lock(FileChannel channel) {
    try {
      return channel.lock();
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether who had the lock before has not removed the file since it was opened here. */
  private static boolean isStill(Path file, FileChannel channel) throws IOException {
    byte[] mine = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(mine));
    try {
      return Arrays.equals(Files.readAllBytes(file), mine);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Finds out what is to be published; a folder where a file is to be is the person's. */
  private void findNames() throws IOException {
    try (Stream<Path> files = Files.list(made)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    for (String name : all()) {
      if (Files.isDirectory(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        throw new FileSystemException(folder.resolve(name).toString(), null, "it is a folder");
      }
    }
  }

  private SortedSet<String> all() {
    SortedSet<String> all = new TreeSet<>(names);
    all.addAll(outdated);
    return all;
  }

  private boolean byLinks() throws IOException {
    Path earlier = folder.resolve(EARLIER + ProcessHandle.current().pid());
    Path current = folder.resolve(CURRENT);
    OutputFolder.removeTree(earlier);
    try {
      step.before();
      Files.createDirectory(earlier);
      for (String name : all()) {
        if (Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
          step.before();
          Files.createLink(earlier.resolve(name), folder.resolve(name));
        }
      }
      step.before();
      Files.createSymbolicLink(current, earlier.getFileName());
    } catch (FileSystemException | UnsupportedOperationException e) {
      // No links here, or no room. Nothing was moved yet.
      OutputFolder.removeTree(earlier);
      return false;
    }
    for (String name : all()) {
      turn(folder.resolve(name), Path.of(CURRENT, name));
    }
    turn(current, made.getFileName());
    settleLocked(folder, step);
    OutputFolder.removeTree(earlier);
    return true;
  }

  /** Makes a link in place of whatever has that name. */
  private void turn(Path link, Path target) throws IOException {
    Path next = folder.resolve(NEXT + ProcessHandle.current().pid());
    Files.deleteIfExists(next);
    step.before();
    Files.createSymbolicLink(next, target);
    step.before();
    move(next, link);
  }

  private static void settleLocked(Path folder, Step step) throws IOException {
    Path current = folder.resolve(CURRENT);
    if (!Files.isSymbolicLink(current)) {
      return;
    }
    List<Path> links;
    try (Stream<Path> files = Files.list(folder)) {
      links =
          files
              .filter(Files::isSymbolicLink)
              .filter(link -> !link.getFileName().toString().startsWith(PREFIX))
              .toList();
    }
    for (Path link : links) {
      Path target = Path.of(CURRENT, link.getFileName().toString());
      if (!Files.readSymbolicLink(link).equals(target)) {
        continue;
      }
      Path file = folder.resolve(target);
      step.before();
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        move(file, link);
      } else {
        Files.delete(link);
      }
    }
    step.before();
    Files.delete(current);
  }

  private void oneByOne() throws IOException {
    Path mark = folder.resolve(PUBLISHING);
    step.before();
    Files.writeString(mark, "The results in this folder were being replaced; run again.\n");
    for (String name : VERDICT.reversed()) {
      step.before();
      Files.deleteIfExists(folder.resolve(name));
    }
    for (String name : outdated) {
      step.before();
      Files.deleteIfExists(folder.resolve(name));
    }
    for (String name : names) {
      if (!VERDICT.contains(name)) {
        step.before();
        move(made.resolve(name), folder.resolve(name));
      }
    }
    for (String name : VERDICT) {
      if (names.contains(name)) {
        step.before();
        move(made.resolve(name), folder.resolve(name));
      }
    }
    step.before();
    Files.delete(mark);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
