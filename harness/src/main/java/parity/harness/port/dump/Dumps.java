package parity.harness.port.dump;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import parity.compare.view.TensorView;
import parity.harness.names.NamedTensor;
import parity.harness.names.NamesFile;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.TensorInfo;
import parity.tensors.Text;
import parity.tensors.format.TensorFiles;

/**
 * A folder of tensors that somebody else computed, by the names that are expected of them: all
 * safetensors and npz files in it are one set. What a capture has of truths and of what modules
 * were given is no result, and passed over; so is a tensor of a type that is not read.
 */
public final class Dumps implements AutoCloseable {
  private final Path folder;
  private final NamesFile names;
  private final List<TensorFile> files = new ArrayList<>();
  private final SortedMap<String, TensorFile> byActual = new TreeMap<>();
  private final SortedMap<String, String> actualByExpected = new TreeMap<>();

  private Dumps(Path folder, NamesFile names) {
    this.folder = folder;
    this.names = names;
  }

  /**
   * Opens all files of a folder.
   *
   * @throws BadInputException if one cannot be read, two hold the same tensor, or {@code names}
   *     names what is not there
   */
  public static Dumps open(Path folder, NamesFile names) {
    Dumps dumps = new Dumps(folder, names);
    try {
      list(folder).forEach(dumps::add);
      names.requireActual(dumps.byActual.keySet(), folder.toString());
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
    return (name.endsWith(".safetensors") || name.endsWith(".npz"))
        && !name.startsWith("truth_")
        && !name.startsWith("inputs_")
        && !name.equals("sampling.safetensors");
  }

  private void add(Path path) {
    TensorFile file = TensorFiles.open(path);
    files.add(file);
    for (String actual : file.names()) {
      TensorFile other = byActual.put(actual, file);
      if (other != null) {
        throw new BadInputException(
            "%s: tensor %s is in %s too; leave one of them out"
                .formatted(path, Text.quote(actual), other.path().getFileName()));
      }
      names.expectedName(actual).ifPresent(expected -> actualByExpected.put(expected, actual));
    }
  }

  /** The folder, for messages. */
  public Path folder() {
    return folder;
  }

  /** Names of all tensors, as they are expected to be called; sorted. */
  public List<String> names() {
    return List.copyOf(actualByExpected.keySet());
  }

  /** Whether there is a tensor that is expected to be called so. */
  public boolean contains(String expected) {
    return actualByExpected.containsKey(expected);
  }

  /** Type and shape of a tensor, as they stand in its file. */
  public TensorInfo info(String expected) {
    return fileOf(expected).info(actual(expected));
  }

  /**
   * A tensor, with axes in the expected order, and of the expected type where the names file says
   * that its own is another.
   *
   * @param wanted the expected type
   * @param arena owns what has to be copied
   * @throws BadInputException if it does not have the axes or the type that the names file says
   */
  public Tensor get(String expected, DType wanted, Arena arena) {
    Tensor tensor = fileOf(expected).get(actual(expected));
    NamedTensor named = names.of(expected);
    names.requireFit(expected, info(expected));
    boolean converted =
        named.dtype().isPresent()
            && wanted.isFloating() == tensor.dtype().isFloating()
            && wanted.isComplex() == tensor.dtype().isComplex();
    DType dtype = converted ? wanted : tensor.dtype();
    if (named.axes().isEmpty() && dtype == tensor.dtype()) {
      return tensor;
    }
    int[] axes = named.axes().stream().mapToInt(Integer::intValue).toArray();
    TensorView view = axes.length == 0 ? TensorView.of(tensor) : TensorView.of(tensor, axes);
    try {
      return view.copy(dtype, arena);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new BadInputException(
          "%s: %s %s cannot be made %s (%s)"
              .formatted(folder, Text.quote(named.actual()), tensor, dtype, e.getMessage()),
          e);
    }
  }

  private String actual(String expected) {
    String actual = actualByExpected.get(expected);
    if (actual == null) {
      throw new BadInputException(
          folder + ": has no tensor " + Text.quote(expected) + " in any of its files");
    }
    return actual;
  }

  private TensorFile fileOf(String expected) {
    TensorFile file = byActual.get(actual(expected));
    if (file == null) {
      throw new IllegalStateException(expected + " is in no file");
    }
    return file;
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
