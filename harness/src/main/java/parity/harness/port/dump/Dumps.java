package parity.harness.port.dump;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import parity.tensors.BadInputException;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.TensorInfo;
import parity.tensors.Text;
import parity.tensors.format.TensorFiles;

/**
 * A folder of tensors that somebody else computed, under their own names: all files of tensors in
 * it are one set, whatever their format. A tensor without a name has that of its file. What a
 * capture has of truths and of what modules were given is no result, and passed over; so is a
 * tensor of a type that is not read.
 */
public final class Dumps implements AutoCloseable {
  private final Path folder;
  private final List<TensorFile> files = new ArrayList<>();
  private final SortedMap<String, Place> byName = new TreeMap<>();

  private Dumps(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens all files of a folder.
   *
   * @throws BadInputException if one cannot be read, or two hold the same tensor
   */
  public static Dumps open(Path folder) {
    Dumps dumps = new Dumps(folder);
    try {
      list(folder).forEach(dumps::add);
      return dumps;
    } catch (RuntimeException e) {
      dumps.close();
      throw e;
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Dumps::isResult).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new BadInputException(folder + ": cannot be listed; give a folder of tensor files", e);
    }
  }

  private static boolean isResult(Path file) {
    String name = file.getFileName().toString();
    return TensorFiles.isCalledSo(file)
        && !name.startsWith("truth_")
        && !name.startsWith("inputs_")
        && !name.equals("sampling.safetensors");
  }

  private void add(Path path) {
    TensorFile file = TensorFiles.open(path);
    files.add(file);
    for (String inFile : file.names()) {
      String name = file.isUnnamed() ? stem(path) : inFile;
      Place other = byName.put(name, new Place(file, inFile));
      if (other != null) {
        throw new BadInputException(
            "%s: tensor %s is in %s too; leave one of them out"
                .formatted(path, Text.quote(name), other.file.path().getFileName()));
      }
    }
  }

  /** What a tensor is called that has no name in its file. */
  private static String stem(Path path) {
    String name = path.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** Where a tensor is, and what it is called there. */
  private record Place(TensorFile file, String name) {
    TensorInfo info() {
      return file.info(name);
    }

    Tensor get() {
      return file.get(name);
    }
  }

  /** The folder, for messages. */
  public Path folder() {
    return folder;
  }

  /** Type and shape of each tensor, as they stand in its file. */
  public SortedMap<String, TensorInfo> infos() {
    SortedMap<String, TensorInfo> infos = new TreeMap<>();
    byName.forEach((name, place) -> infos.put(name, place.info()));
    return infos;
  }

  /** Whether there is a tensor of that name. */
  public boolean contains(String name) {
    return byName.containsKey(name);
  }

  /**
   * A tensor, in place.
   *
   * @throws BadInputException if there is none of that name
   */
  public Tensor get(String name) {
    Place place = byName.get(name);
    if (place == null) {
      throw new BadInputException(
          folder + ": has no tensor " + Text.quote(name) + " in any of its files");
    }
    return place.get();
  }

  /** What each file says of its making. */
  public Map<Path, Map<String, String>> metadata() {
    Map<Path, Map<String, String>> metadata = new TreeMap<>();
    files.forEach(file -> metadata.put(file.path(), file.metadata()));
    return metadata;
  }

  @Override
  public void close() {
    files.forEach(TensorFile::close);
    files.clear();
  }
}
