package parity.harness.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parity.harness.capture.Capture;
import parity.tensors.BadInputException;
import parity.tensors.TensorFile;
import parity.tensors.format.Safetensors;

/** Where the files of one segment are: {@code segment_N} of a capture of all segments. */
public final class SegmentFolder {
  private static final String PREFIX = "segment_";
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final Pattern NAME = Pattern.compile(PREFIX + NUMBER);

  private SegmentFolder() {}

  /**
   * The folder of a segment; the folder itself if it holds a capture of its own, or no segments.
   *
   * @throws BadInputException if there are segments, and this is none of them
   */
  public static Path of(Path folder, int index) {
    List<Integer> segments = segments(folder);
    if (segments.isEmpty() || holdsItsOwn(folder, segments)) {
      return folder;
    }
    if (!segments.contains(index)) {
      throw new BadInputException(
          "--segment-index %d: %s holds segment %s; ask for one of these, or capture that one"
              .formatted(
                  index,
                  folder,
                  segments.stream().map(String::valueOf).collect(Collectors.joining(", "))));
    }
    return segment(folder, index);
  }

  /** The segment that a capture holds: the first where it names none, or none that can be. */
  public static int captured(Path full) {
    try (TensorFile file = Safetensors.open(full)) {
      String named = file.metadata().getOrDefault("segment_index", "");
      return NUMBER.matcher(named).matches() ? Integer.parseInt(named) : 0;
    }
  }

  static boolean isOne(Path folder) {
    return NAME.matcher(String.valueOf(folder.getFileName())).matches();
  }

  private static Path segment(Path folder, int index) {
    return folder.resolve(PREFIX + index);
  }

  private static List<Integer> segments(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> isOne(child) && Files.isDirectory(child))
          .map(child -> Integer.valueOf(child.getFileName().toString().substring(PREFIX.length())))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new BadInputException(
          folder + ": cannot be listed; give --artifacts the capture's folder", e);
    }
  }

  /** A run leaves what it compared beside its results; that is no capture of the folder's own. */
  private static boolean holdsItsOwn(Path folder, List<Integer> segments) {
    for (String name : List.of(Capture.FULL, Capture.FRONTEND)) {
      Path file = folder.resolve(name);
      if (Files.exists(file)
          && segments.stream().noneMatch(i -> same(file, segment(folder, i).resolve(name)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean same(Path file, Path other) {
    try {
      return Files.exists(other) && Files.isSameFile(file, other);
    } catch (IOException e) {
      return false;
    }
  }
}
