package parity.harness.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parity.tensors.BadInputException;
import parity.tensors.file.Sha256;

/**
 * How the files of a model folder stand to the sha256 that a capture's metadata have of them.
 *
 * @param same files that the capture was made from
 * @param others files that are there, and not those that the capture was made from
 * @param missing files that are not there
 */
public record ModelHashes(
    Path modelDir, List<String> same, List<String> others, List<String> missing) {
  /**
   * Reads every file of which the capture has a hash, as many at a time as there are processors.
   *
   * @throws BadInputException if one is there and cannot be read
   */
  public static ModelHashes of(
      Path modelDir, Map<String, String> metadata, Collection<String> files) {
    Map<Boolean, List<String>> present =
        files.stream()
            .distinct()
            .sorted()
            .collect(Collectors.partitioningBy(file -> Files.exists(modelDir.resolve(file))));
    Map<Boolean, List<String>> held =
        present.getOrDefault(true, List.of()).parallelStream()
            .filter(file -> metadata.containsKey(key(file)))
            .collect(
                Collectors.partitioningBy(
                    file -> sha256(modelDir.resolve(file)).equals(metadata.get(key(file)))));
    return new ModelHashes(
        modelDir,
        held.getOrDefault(true, List.of()),
        held.getOrDefault(false, List.of()),
        present.getOrDefault(false, List.of()));
  }

  private static String key(String file) {
    return "sha256 " + file;
  }

  /**
   * Refuses a model that is not the capture's, with all its files in one message.
   *
   * @param needed files that the run opens
   * @param force whether others than the capture's will do; none will do where one is missing
   * @throws BadInputException if a file is another than at the capture, or one that is needed is
   *     missing
   */
  public void require(Collection<String> needed, boolean force) {
    List<String> absent = missing.stream().filter(needed::contains).toList();
    List<String> refused = force ? List.of() : others;
    if (absent.isEmpty() && refused.isEmpty()) {
      return;
    }
    String remedy =
        refused.isEmpty()
            ? "--model-dir must be a CosyVoice3 release folder"
            : "give the capture's own model, capture again, or go on with --force-model";
    throw new BadInputException(
        Stream.of(
                phrase(absent, "cannot be read: no such file", "cannot be read: no such files"),
                phrase(
                    refused,
                    "not the file that the capture was made from (its sha256 differs)",
                    "not the files that the capture was made from (their sha256 differ)"),
                remedy)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("; ")));
  }

  private String phrase(List<String> files, String one, String many) {
    return files.isEmpty()
        ? ""
        : files.stream()
                .map(file -> modelDir.resolve(file).toString())
                .collect(Collectors.joining(", "))
            + ": "
            + (files.size() == 1 ? one : many);
  }

  private static String sha256(Path file) {
    try {
      return Sha256.text(file);
    } catch (IOException e) {
      throw new BadInputException(
          file + ": cannot be read; --model-dir must be a CosyVoice3 release folder", e);
    }
  }
}
