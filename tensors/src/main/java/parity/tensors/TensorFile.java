package parity.tensors;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * An open file of named tensors. Closing it unmaps the file and ends all tensors read from it.
 *
 * <p>Opening validates the whole file; afterwards nothing about it can be wrong unless somebody
 * writes to it, so {@link #during} goes around what reads its tensors.
 */
public interface TensorFile extends InPlace, AutoCloseable {
  /** The file, for messages. */
  Path path();

  /** Names of all tensors, sorted. */
  List<String> names();

  /**
   * All that is in the file and is no tensor of a {@link DType}, by name, in the file's order; no
   * tensor has the same name.
   */
  SequencedMap<String, Other> others();

  /** Whether the format gives the only tensor in the file no name, so that it may have any. */
  default boolean isUnnamed() {
    return false;
  }

  /** Whether the format can hold values of Python besides arrays. */
  default boolean holdsValues() {
    return false;
  }

  /** Text about the file that travels in it; empty where the format has none. */
  Map<String, String> metadata();

  /** Element type and shape of a tensor, without touching its bytes. */
  TensorInfo info(String name);

  /**
   * The tensor of that name.
   *
   * @throws BadInputException if there is none; the message names the file and what it holds
   *     instead
   */
  Tensor get(String name);

  default boolean contains(String name) {
    return names().contains(name);
  }

  @Override
  void close();
}
