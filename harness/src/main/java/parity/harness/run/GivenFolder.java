package parity.harness.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import parity.harness.capture.Capture;
import parity.tensors.BadInputException;
import parity.tensors.format.TensorFiles;

/**
 * Folders that a person gives. One that is not what it is given for is refused by its own name,
 * before anybody misses a file in it.
 */
public final class GivenFolder {
  private static final String CONFIG = "cosyvoice3.yaml";
  private static final List<String> EARLIER = List.of("cosyvoice.yaml", "cosyvoice2.yaml");
  private static final List<String> CAPTURED = List.of(Capture.FRONTEND, Capture.FULL);

  private GivenFolder() {}

  /**
   * Refuses what is no model folder.
   *
   * @param way what it was given with: {@code --model-dir}
   */
  public static void requireModel(Path folder, String way) {
    String wanted = "give a CosyVoice3 release folder, which holds " + CONFIG + ", llm.pt, flow.pt";
    requireFolder(folder, way, wanted);
    for (String config : EARLIER) {
      if (holds(folder, config) && !holds(folder, CONFIG)) {
        throw refused(way, folder, "is a model of an earlier version (" + config + ")", wanted);
      }
    }
    if (isModel(folder)) {
      return;
    }
    if (isCapture(folder)) {
      throw refused(way, folder, "is a capture, not a model", "give it with --artifacts");
    }
    throw below(folder, GivenFolder::isModel)
        .map(model -> refused(way, folder, "holds a model in " + model, "give that folder"))
        .orElseGet(() -> refused(way, folder, "holds no " + CONFIG, wanted));
  }

  /**
   * Refuses what is no capture, and no folder of one's segments.
   *
   * @param way what it was given with: {@code --artifacts}
   */
  public static void requireCapture(Path folder, String way) {
    String wanted =
        "give the folder of a capture, which holds %s and %s"
            .formatted(Capture.FRONTEND, Capture.FULL);
    requireFolder(folder, way, wanted);
    requireWhole(folder, way);
    if (isCapture(folder)) {
      return;
    }
    if (isModel(folder)) {
      throw refused(way, folder, "is a model, not a capture", "give it with --model-dir");
    }
    throw below(folder, GivenFolder::isCapture)
        .map(capture ->
            refused(
                way,
                folder,
                "is no capture, but " + capture + " is one",
                "give that folder, or compare all of them with ./parity many --captures"))
        .orElseGet(() -> refused(way, folder, "holds no capture", wanted));
  }

  /**
   * Refuses a folder in which a capture was interrupted: a process that was killed says nothing,
   * what it left does.
   *
   * @param way what it was given with
   */
  static void requireWhole(Path folder, String way) {
    if (holds(folder, Capture.FULL)) {
      return;
    }
    if (Publication.isInterrupted(folder)) {
      throw refused(
          way, folder, "a capture was interrupted here while it was put in place", "capture again");
    }
    if (Publication.isUnfinished(folder) && !isCapture(folder)) {
      throw refused(
          way, folder, "a capture was interrupted here, or is still made", "capture again");
    }
  }

  /** Refuses a candidate's folder in which there is no file of tensors. */
  public static void requireDumps(Path folder, String way) {
    String wanted =
        "give a folder of " + TensorFiles.CALLED + " files with the candidate's tensors";
    requireFolder(folder, way, wanted);
    if (holds(folder, CONFIG) || children(folder).noneMatch(TensorFiles::isCalledSo)) {
      String found = isModel(folder) ? "is a model" : "holds no " + TensorFiles.CALLED;
      throw refused(way, folder, found, wanted);
    }
  }

  private static void requireFolder(Path folder, String way, String wanted) {
    if (Files.isRegularFile(folder)) {
      throw refused(way, folder, "is a file", wanted);
    }
    if (!Files.isDirectory(folder)) {
      throw refused(way, folder, "no such folder", wanted);
    }
    if (children(folder).findAny().isEmpty()) {
      throw refused(way, folder, "is empty", wanted);
    }
  }

  private static BadInputException refused(String way, Path folder, String found, String wanted) {
    return new BadInputException("%s %s: %s; %s".formatted(way, folder, found, wanted));
  }

  /** A model that lacks a file is a model; its reader says which file that is. */
  private static boolean isModel(Path folder) {
    return Stream.of(CONFIG, "llm.pt", "flow.pt", "hift.pt").anyMatch(name -> holds(folder, name));
  }

  private static boolean isCapture(Path folder) {
    return CAPTURED.stream().anyMatch(name -> holds(folder, name))
        || children(folder)
            .filter(SegmentFolder::isOne)
            .anyMatch(segment -> CAPTURED.stream().anyMatch(name -> holds(segment, name)));
  }

  private static boolean holds(Path folder, String name) {
    return Files.exists(folder.resolve(name));
  }

  private static Optional<Path> below(Path folder, Predicate<Path> kind) {
    return children(folder).filter(Files::isDirectory).filter(kind).sorted().findFirst();
  }

  private static Stream<Path> children(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList().stream();
    } catch (IOException e) {
      throw new BadInputException(folder + ": cannot be listed; give a folder that can be read", e);
    }
  }
}
