package parity.harness.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parity.harness.console.Progress;
import parity.tensors.BadInputException;

/** Reads a whole model folder once, every file by one thread, the largest first. */
public final class ModelCheck {
  /** Folders within folders that are looked into; a release has one. */
  private static final int DEPTH = 4;

  private ModelCheck() {}

  /**
   * Judge a folder.
   *
   * @param modelDir a release folder
   * @param capture metadata of a capture, whose model this is to be; empty if none is asked for
   * @param threads how many files are read at a time
   * @param progress gets a step for each megabyte
   * @throws BadInputException if there is no such folder
   */
  public static ModelReport of(
      Path modelDir, Map<String, String> capture, int threads, Progress progress) {
    if (!Files.isDirectory(modelDir)) {
      throw new BadInputException(modelDir + ": no such folder; give a CosyVoice3 release folder");
    }
    List<String> names = names(modelDir);
    progress.total(
        names.stream().mapToLong(name -> size(modelDir.resolve(name)) / FilePass.STEP).sum());
    FileCheck check = new FileCheck(modelDir, Expected.of(modelDir), capture, progress);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Map<String, Future<ModelFile>> found =
          names.stream()
              .sorted(
                  Comparator.comparingLong((String name) -> size(modelDir.resolve(name)))
                      .reversed())
              .collect(Collectors.toMap(name -> name, name -> pool.submit(() -> check.of(name))));
      List<ModelFile> files = new ArrayList<>();
      for (String name : names) {
        files.add(result(Objects.requireNonNull(found.get(name))));
      }
      return new ModelReport(files);
    } finally {
      pool.shutdownNow();
    }
  }

  private static ModelFile result(Future<ModelFile> file) {
    try {
      return file.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while files were read", e);
    }
  }

  /** Those of a release, whether they are there or not, then what is there besides. */
  private static List<String> names(Path modelDir) {
    Set<String> others = new TreeSet<>();
    try (Stream<Path> all = Files.walk(modelDir, DEPTH)) {
      all.filter(path -> !Files.isDirectory(path))
          .map(path -> modelDir.relativize(path).toString().replace('\\', '/'))
          .filter(name -> !name.startsWith(".") && !name.contains("/."))
          .forEach(others::add);
    } catch (IOException e) {
      throw new BadInputException(
          modelDir + ": cannot be listed; give a CosyVoice3 release folder", e);
    }
    List<String> names =
        new ArrayList<>(
            ReleaseFiles.ALL.stream()
                .map(ReleaseFiles.Release::name)
                .filter(name ->
                    ReleaseFiles.need(name) == Need.REQUIRED
                        || Files.exists(modelDir.resolve(name), LinkOption.NOFOLLOW_LINKS))
                .toList());
    if (names.stream().noneMatch(ReleaseFiles.BLANK::contains)) {
      names.add(ReleaseFiles.BLANK.getFirst());
    }
    others.removeAll(names);
    names.addAll(others);
    return names;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
