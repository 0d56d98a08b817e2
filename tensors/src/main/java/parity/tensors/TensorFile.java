package parity.tensors;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An open file of named tensors. Closing it unmaps the file and ends all tensors read from it.
 *
 * <p>Opening validates the whole file; afterwards nothing about it can be wrong.
 */
public interface TensorFile extends AutoCloseable {
  /** The file, for messages. */
  Path path();

  /** Names of all tensors, sorted. */
  List<String> names();

  /** Text about the file that travels in it; empty where the format has none. */
  Map<String, String> metadata();

  /** Element type and shape of a tensor, without touching its bytes. */
  TensorInfo info(String name);

  /**
   * The tensor of that name.
   *
   * @throws BadInput if there is none; the message names the file and what it holds instead
   */
  Tensor get(String name);

  default boolean contains(String name) {
    return names().contains(name);
  }

  @Override
  void close();
}
