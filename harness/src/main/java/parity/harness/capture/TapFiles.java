package parity.harness.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parity.tensors.BadInput;
import parity.tensors.TensorFile;

/**
 * The taps of one part and their cumulative truth.
 *
 * @param taps output of every module, by the module's path
 * @param truth the same in float64, minus the tap; absent where none was captured
 * @param expected names of all taps that the capture claims to hold, in execution order
 */
public record TapFiles(TensorFile taps, Optional<TensorFile> truth, List<String> expected) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static TapFiles of(TensorFile taps, Optional<TensorFile> truth) {
    Set<String> expected = new LinkedHashSet<>(order(taps));
    truth.ifPresent(file -> expected.addAll(order(file)));
    return new TapFiles(taps, truth, List.copyOf(expected));
  }

  /** The captured name of a module's call; modules that were called once have no number. */
  public Optional<String> nameOf(String path, int call) {
    String numbered = path + "#" + call;
    if (taps.contains(numbered)) {
      return Optional.of(numbered);
    }
    return Optional.of(path).filter(name -> call == 0 && taps.contains(name));
  }

  /** What the metadata lists as the order of execution; else the file's own names. */
  private static List<String> order(TensorFile file) {
    String json = file.metadata().get("order");
    if (json == null) {
      return file.names();
    }
    List<String> names = new ArrayList<>();
    JsonNode list;
    try {
      list = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      list = MissingNode.getInstance();
    }
    for (JsonNode name : list) {
      if (name.isTextual()) {
        names.add(name.asText());
      }
    }
    if (!list.isArray() || names.size() != list.size()) {
      throw new BadInput(
          file.path() + ": metadata order is no JSON list of tensor names; capture again");
    }
    return names;
  }
}
