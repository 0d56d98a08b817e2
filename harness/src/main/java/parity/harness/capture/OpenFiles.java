package parity.harness.capture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parity.tensors.BadInputException;
import parity.tensors.InPlace;
import parity.tensors.TensorFile;
import parity.tensors.Text;
import parity.tensors.format.TensorFiles;

/** The files of one capture that are open, by their names, and what they all say of its making. */
final class OpenFiles implements InPlace, AutoCloseable {
  private final SortedMap<String, TensorFile> open = new TreeMap<>();
  private final Map<String, String> metadata = new TreeMap<>();

  /** What made the capture. */
  Map<String, String> metadata() {
    return metadata;
  }

  /**
   * Opens a file.
   *
   * @param name that the capture has for it
   * @throws BadInputException if it cannot be read, or is of another capture than those before it
   */
  TensorFile open(Path path, String name) {
    TensorFile file = TensorFiles.open(path);
    open.put(name, file);
    file.metadata().forEach((key, value) -> remember(path, key, value));
    return file;
  }

  /** Opens the file of that name beside another, if there is one. */
  Optional<TensorFile> optional(Path neighbour, String name) {
    return Optional.of(neighbour.resolveSibling(name))
        .filter(Files::exists)
        .map(path -> open(path, name));
  }

  /** Files of one capture agree in all they say of its making. */
  private void remember(Path path, String key, String value) {
    if (key.equals("order")) {
      return;
    }
    String known = metadata.putIfAbsent(key, value);
    if (known != null && !known.equals(value)) {
      throw new BadInputException(
          "%s: is of another capture than its neighbours: %s is %s, not %s; capture all files"
                  .formatted(path, Text.shown(key), Text.quote(value), Text.quote(known))
              + " in one go");
    }
  }

  /** What of the files of these names is no longer as it was: one phrase a tensor or file. */
  List<String> changes(Checksums sums, Collection<String> names) {
    List<String> changes = new ArrayList<>();
    for (String name : names) {
      TensorFile file = open.get(name);
      if (file != null) {
        sums.changes(name, file).forEach(change -> changes.add(change + " in " + name));
      } else if (sums.knows(name)) {
        changes.add(name + " is gone");
      }
    }
    return changes;
  }

  @Override
  public void requireUnchanged() {
    open.values().forEach(TensorFile::requireUnchanged);
  }

  @Override
  public void close() {
    open.values().forEach(TensorFile::close);
    open.clear();
  }
}
