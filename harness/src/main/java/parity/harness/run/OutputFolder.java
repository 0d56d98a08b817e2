package parity.harness.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parity.harness.report.ReportJson;
import parity.tensors.BadInputException;

/**
 * Where a run writes. Files are made in a folder beside the results and moved over them one by one
 * when all are whole, so that a stopped or failed run leaves an earlier run's results as they were.
 */
public final class OutputFolder implements AutoCloseable {
  private static final String UNFINISHED = ".parity-unfinished-";

  private final Path folder;
  private final Path unfinished;
  private final List<Path> outdated = new ArrayList<>();

  private OutputFolder(Path folder, Path unfinished) {
    this.folder = folder;
    this.unfinished = unfinished;
  }

  /**
   * Makes the folder if there is none, and removes what runs that are no longer alive left in it.
   *
   * @throws BadInputException if nothing can be written there
   */
  public static OutputFolder open(Path folder) {
    try {
      Files.createDirectories(folder);
      removeAbandoned(folder);
      Path unfinished = folder.resolve(UNFINISHED + ProcessHandle.current().pid());
      removeTree(unfinished);
      return new OutputFolder(folder, Files.createDirectory(unfinished));
    } catch (FileAlreadyExistsException e) {
      throw new BadInputException(folder + ": is a file; give --out a folder", e);
    } catch (IOException e) {
      throw new BadInputException(
          folder + ": cannot be written (" + reason(e) + "); give --out another folder", e);
    }
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
      found =
          children.filter(child -> child.getFileName().toString().startsWith(UNFINISHED)).toList();
    }
    for (Path child : found) {
      String pid = child.getFileName().toString().substring(UNFINISHED.length());
      if (pid.matches("\\d{1,18}")
          && ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isEmpty()) {
        removeTree(child);
      }
    }
  }

  private static void removeTree(Path tree) throws IOException {
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
        outdated.add(result);
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

  /** Moves every finished file over the results of an earlier run. */
  public void publish() {
    try (Stream<Path> files = Files.list(unfinished)) {
      for (Path file : outdated) {
        Files.deleteIfExists(file);
      }
      for (Path file : files.sorted().toList()) {
        Files.move(
            file,
            folder.resolve(file.getFileName()),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
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

  @Override
  public void close() {
    try {
      removeTree(unfinished);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
