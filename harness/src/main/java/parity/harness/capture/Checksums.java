package parity.harness.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parity.tensors.BadInputException;
import parity.tensors.TensorFile;
import parity.tensors.Text;
import parity.tensors.file.RegularFile;
import parity.tensors.file.Sha256;

/**
 * What a capture's tensors were when it was made: {@code checksums.txt} beside {@code
 * debug_artifacts}, one line a tensor, {@code SHA256 FILE TENSOR}, of its little-endian bytes. A
 * comparison cannot see every damage (a float64 truth is itself noise); this can.
 *
 * @param files by file name, each tensor's sum by its name
 */
record Checksums(Path path, Map<String, SortedMap<String, String>> files) {
  static final String NAME = "checksums.txt";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) (\\S+) (.+)");

  /** A million tensors. */
  private static final long MAX_BYTES = 1 << 28;

  /**
   * Reads the file.
   *
   * @throws BadInputException if it cannot be read, or a line is no sum
   */
  static Checksums read(Path path) {
    Map<String, SortedMap<String, String>> files = new TreeMap<>();
    try {
      RegularFile.require(path);
      if (Files.size(path) > MAX_BYTES) {
        throw new BadInputException(
            "%s: has %d bytes, too many for the sums of a capture; capture again, or remove it"
                .formatted(path, Files.size(path)));
      }
      for (String line : Files.readAllLines(path)) {
        Matcher sum = LINE.matcher(line);
        if (!sum.matches()) {
          throw new BadInputException(
              path
                  + ": "
                  + Text.quote(line)
                  + " is no line 'SHA256 FILE TENSOR'; capture again, or remove it");
        }
        files
            .computeIfAbsent(sum.group(2), file -> new TreeMap<>())
            .put(sum.group(3), sum.group(1));
      }
    } catch (IOException e) {
      throw new BadInputException(
          path + ": cannot be read as text; capture again, or remove it", e);
    }
    return new Checksums(path, files);
  }

  /** Whether a file of that name was captured. */
  boolean knows(String file) {
    return files.containsKey(file);
  }

  /** What is no longer as it was captured: one phrase a tensor, which begins with its name. */
  List<String> changes(String file, TensorFile tensors) {
    SortedMap<String, String> sums = files.getOrDefault(file, new TreeMap<>());
    List<String> changes = new ArrayList<>();
    sums.forEach((name, sum) -> {
      if (!tensors.contains(name)) {
        changes.add(name + " is gone");
      } else if (!sum.equals(Sha256.text(tensors.get(name).data()))) {
        changes.add(name + " has other numbers");
      }
    });
    tensors.names().stream()
        .filter(name -> !sums.containsKey(name))
        .forEach(name -> changes.add(name + " was not there"));
    return changes;
  }
}
