package parity.harness.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import parity.harness.report.ReportJson;
import parity.tensors.BadInputException;

/**
 * Where a run writes. Files are made in a folder among the results and put in their place together
 * when all are whole, so that a stopped or failed run leaves an earlier run's results as they were.
 */
public final class OutputFolder implements AutoCloseable {
  private static final int TRIES = 20;

  private static final String UNFINISHED = Publication.PREFIX + "unfinished-";

  private final Path folder;
  private final Path unfinished;

  /** Folders that are there for this run alone, the innermost first. */
  private final List<Path> created;

  private final Set<String> outdated = new TreeSet<>();

  /** Whether the files are no longer the run's to publish: they were, or it was stopped. */
  private boolean taken;

  private boolean published;

  private OutputFolder(Path folder, Path unfinished, List<Path> created) {
    this.folder = folder;
    this.unfinished = unfinished;
    this.created = created;
  }

  /**
   * Makes the folder if there is none, and removes what runs that are no longer alive left in it.
   *
   * @throws BadInputException if nothing can be written there
   */
  public static OutputFolder open(Path folder) {
    try {
      List<Path> created = missing(folder);
      Files.createDirectories(folder);
      Publication.settle(folder);
      removeAbandoned(folder);
      Path unfinished = folder.resolve(UNFINISHED + ProcessHandle.current().pid());
      removeTree(unfinished);
      return new OutputFolder(folder, Files.createDirectory(unfinished), created);
    } catch (FileAlreadyExistsException e) {
      throw new BadInputException(folder + ": is a file; give --out a folder", e);
    } catch (IOException e) {
      throw new BadInputException(
          folder + ": cannot be written (" + reason(e) + "); give --out another folder", e);
    }
  }

  private static List<Path> missing(Path folder) {
    List<Path> missing = new ArrayList<>();
    Path at = folder.toAbsolutePath().normalize();
    while (at != null && !Files.exists(at)) {
      missing.add(at);
      at = at.getParent();
    }
    return missing;
  }

  /** Whether a folder holds results of a run. */
  static boolean holdsResults(Path folder) {
    return Files.exists(folder.resolve(ReportJson.NAME));
  }

  /**
   * When the results that are in it were written, and will be replaced; empty if there are none.
   */
  Optional<Instant> earlier() {
    try {
      return holdsResults(folder)
          ? Optional.of(Files.getLastModifiedTime(folder.resolve(ReportJson.NAME)).toInstant())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
  }

  private static void removeAbandoned(Path folder) throws IOException {
    List<Path> found;
    try (Stream<Path> children = Files.list(folder)) {
      found = children.filter(child -> Publication.isOfTheDead(child.getFileName())).toList();
    }
    for (Path child : found) {
      removeTree(child);
    }
  }

  /** Removes a folder with all that is in it, and no link's target; nothing if there is none. */
  public static void removeTree(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // Nothing to remove.
    }
  }

  /** The folder as the person named it. */
  public Path path() {
    return folder;
  }

  /** Where to write the file that will be called {@code name}. */
  public Path file(String name) {
    return unfinished.resolve(name);
  }

  /**
   * Puts a file of the capture among the results, if there is one and it does not stand there
   * already: as a link, or as a copy where the file system has none. If there is none, what another
   * capture left under that name goes when the results are published.
   */
  public void keep(Path source, String name) {
    Path result = folder.resolve(name);
    try {
      if (!Files.exists(source)) {
        outdated.add(name);
      } else if (!(Files.exists(result) && Files.isSameFile(source, result))) {
        linkOrCopy(source.toRealPath(), file(name));
      }
    } catch (IOException e) {
      throw new BadInputException(result + ": cannot be written (" + reason(e) + ")", e);
    }
  }

  private static void linkOrCopy(Path source, Path target) throws IOException {
    try {
      Files.createLink(target, source);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(source, target);
    }
  }

  /** Puts every finished file in its place, all at once for whoever looks. */
  public synchronized void publish() {
    if (taken) {
      throw new IllegalStateException("the run was stopped");
    }
    taken = true;
    try {
      Publication.run(folder, unfinished, outdated);
      published = true;
      created.clear();
    } catch (IOException e) {
      throw new BadInputException(
          folder
              + ": results cannot be moved in place ("
              + reason(e)
              + "); give --out a folder"
              + " whose files can be replaced",
          e);
    }
  }

  /**
   * Takes back what was made, if it was not published; a publication is waited for.
   *
   * @return what is in the folder now, for the person
   */
  synchronized String stop() {
    taken = true;
    Optional<Instant> earlier = earlier();
    for (int i = 0; i < TRIES && Files.exists(unfinished); i++) {
      // The stage that runs may write one more file meanwhile.
      close();
    }
    if (published) {
      return "the results were written to " + folder + " before that";
    }
    return earlier.isPresent()
        ? "the earlier results in " + folder + " are as they were"
        : "nothing was written to " + folder;
  }

  @Override
  public void close() {
    try {
      removeTree(unfinished);
      for (Path empty : created) {
        Files.deleteIfExists(empty);
      }
    } catch (DirectoryNotEmptyException e) {
      // Somebody has put something there.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
