package parity.harness.names;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.TensorInfo;
import parity.tensors.Text;

/**
 * A port's own names, axes order and types, by the names that are expected. What it does not
 * mention is called the same on both sides.
 */
public final class NamesFile {
  /** Says nothing: all names are the same on both sides. */
  public static final NamesFile NONE = new NamesFile(Optional.empty(), Map.of());

  private final Optional<Path> path;
  private final Map<String, NamedTensor> entries;
  private final Map<String, String> expectedByActual = new HashMap<>();

  private NamesFile(Optional<Path> path, Map<String, NamedTensor> entries) {
    this.path = path;
    this.entries = entries;
    entries.forEach((expected, named) -> {
      String other = expectedByActual.put(named.actual(), expected);
      if (other != null) {
        throw bad(
            "%s and %s are both said to be %s"
                .formatted(Text.quote(other), Text.quote(expected), Text.quote(named.actual())));
      }
    });
  }

  /**
   * Reads a names file.
   *
   * @throws BadInputException if it cannot be read, is not of the form that
   *     docs/reference/names-file.md gives, names nothing, or gives two tensors the same one of the
   *     other side
   */
  public static NamesFile read(Path path) {
    return new NamesFile(Optional.of(path), new LinkedHashMap<>(NamesYaml.read(path)));
  }

  /** Says of one tensor what it is called on the other side. */
  public static NamesFile ofOne(String expected, String actual) {
    NamedTensor named = new NamedTensor(actual, List.of(), Optional.empty());
    return new NamesFile(Optional.empty(), Map.of(expected, named));
  }

  /** The file, if it is one. */
  public Optional<Path> file() {
    return path;
  }

  /** What is said of an expected tensor, or that nothing is. */
  public NamedTensor of(String expected) {
    return entries.getOrDefault(expected, NamedTensor.same(expected));
  }

  /** The types that it says of tensors, by their expected names, in the file's order. */
  public Map<String, DType> types() {
    Map<String, DType> types = new LinkedHashMap<>();
    entries.forEach(
        (expected, named) -> named.dtype().ifPresent(dtype -> types.put(expected, dtype)));
    return types;
  }

  /**
   * The expected name of a tensor of the other side: its own, unless the file gives it another, or
   * gives its name to another.
   */
  public Optional<String> expectedName(String actual) {
    String expected = expectedByActual.get(actual);
    if (expected != null) {
      return Optional.of(expected);
    }
    return entries.containsKey(actual) ? Optional.empty() : Optional.of(actual);
  }

  /**
   * Refuses a file that names what is not there.
   *
   * @param side what {@code names} are of, for messages
   * @throws BadInputException which names the first one, and one that is near to it
   */
  public void requireExpected(Collection<String> names, String side) {
    require(entries.keySet(), names, side);
  }

  /** As {@link #requireExpected}, of the names on the other side. */
  public void requireActual(Collection<String> names, String side) {
    require(entries.values().stream().map(NamedTensor::actual).toList(), names, side);
  }

  private void require(Collection<String> named, Collection<String> names, String side) {
    Set<String> known = new HashSet<>(names);
    for (String name : named) {
      if (!known.contains(name)) {
        throw bad(Text.quote(name) + " is no tensor of " + side + NearNames.hint(name, known));
      }
    }
  }

  /**
   * Refuses axes or a type that a tensor of the other side does not have.
   *
   * @throws BadInputException which names it
   */
  public void requireFit(String expected, TensorInfo actual) {
    NamedTensor named = of(expected);
    Optional<DType> dtype = named.dtype();
    if (dtype.isPresent() && dtype.get() != actual.dtype()) {
      throw bad(
          "%s is %s, not %s as said for %s"
              .formatted(
                  Text.quote(named.actual()), actual.dtype(), dtype.get(), Text.quote(expected)));
    }
    int rank = actual.shape().rank();
    if (!named.axes().isEmpty()
        && (named.axes().size() != rank || named.axes().stream().anyMatch(axis -> axis >= rank))) {
      throw bad(
          "axes %s of %s are no order of the %d axes of %s %s"
              .formatted(
                  named.axes(), Text.quote(expected), rank, Text.quote(named.actual()), actual));
    }
  }

  private BadInputException bad(String message) {
    return new BadInputException(path.map(file -> "--names " + file + ": ").orElse("") + message);
  }
}
