package parity.harness.port.command;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parity.harness.plan.StagePlan;
import parity.harness.port.Candidate;
import parity.tensors.DType;

/**
 * How much a command may write.
 *
 * @param bytes in all files
 * @param files of any kind, folders too
 */
record Space(long bytes, int files) {
  /** More than any stage has tensors. */
  static final int FILES = 100_000;

  /** What a command may write beside the tensors. */
  private static final long REST = 1L << 30;

  /** Twice what a stage's tensors take in double, and a gibibyte; or what a person allows. */
  static Space of(StagePlan plan, Candidate.Bounds bounds) {
    double tensors =
        plan.expectations().stream()
            .map(expectation -> expectation.reference().info())
            .mapToDouble(info ->
                (double) info.shape().elements()
                    * (info.dtype().isComplex() ? DType.C128 : DType.F64).bytes())
            .sum();
    return new Space(bounds.bytes().orElse((long) (2 * tensors) + REST), FILES);
  }

  /**
   * What a folder holds.
   *
   * @param bytes as the files say; those of a file with holes count
   */
  private record Held(long bytes, int files) {}

  /** A watch over a folder. */
  Watch watch(Path folder) {
    return new Watch(folder, held(folder).bytes);
  }

  /** What a folder may grow by. */
  final class Watch {
    private final Path folder;
    private final long before;

    private Watch(Path folder, long before) {
      this.folder = folder;
      this.before = before;
    }

    /** What is too much of what was written, if anything is. */
    Optional<String> exceeded() {
      Held held = held(folder);
      long written = held.bytes - before;
      if (written > bytes) {
        return Optional.of(
            "wrote %s, more than the %s that it may in this stage; give --candidate-space a number"
                    .formatted(shown(written), shown(bytes))
                + " of MB to allow more");
      }
      return held.files > files
          ? Optional.of(
              "made more than %,d files, which is all that it may; let it write few files with many"
                      .formatted(files)
                  + " tensors each")
          : Optional.empty();
    }
  }

  /** Files come and go meanwhile. What cannot be looked into counts as one file. */
  private Held held(Path folder) {
    var visitor =
        new SimpleFileVisitor<Path>() {
          private long bytes;
          private int entries;

          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return count(0);
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            return count(attributes.isRegularFile() ? attributes.size() : 0);
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException e) {
            return count(0);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path path, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
          }

          private FileVisitResult count(long size) {
            bytes += size;
            return ++entries > files ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }
        };
    try {
      Files.walkFileTree(folder, visitor);
    } catch (IOException e) {
      throw new IllegalStateException("a visitor that throws nothing", e);
    }
    return new Held(visitor.bytes, visitor.entries);
  }

  /** For people: {@code 1.2 GB}, {@code 300 MB}, {@code 12 bytes}. */
  static String shown(long bytes) {
    if (bytes < 10_000) {
      return "%,d bytes".formatted(bytes);
    }
    String[] units = {"kB", "MB", "GB", "TB", "PB", "EB"};
    double size = bytes / 1e3;
    int unit = 0;
    while (size >= 999.5) {
      size /= 1e3;
      unit++;
    }
    return String.format(Locale.ROOT, size < 9.95 ? "%.1f %s" : "%.0f %s", size, units[unit]);
  }
}
