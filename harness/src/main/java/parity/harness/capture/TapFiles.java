package parity.harness.capture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parity.tensors.BadInputException;
import parity.tensors.Tensor;
import parity.tensors.TensorFile;
import parity.tensors.TensorInfo;
import parity.tensors.Text;

/**
 * The taps of one part, what its modules were given besides, and the truth of both kinds.
 *
 * @param taps output of every module, by the module's path
 * @param inputs what modules were given that is no module's output, as {@code path:parameter}
 * @param isolatedTruth every module in float64 on the reference's own inputs, minus the tap
 * @param truth the whole part in float64, minus the tap; absent where none was captured
 * @param expected names of all taps that the capture claims to hold, in execution order, and of the
 *     inputs, each before what its module returned
 */
public record TapFiles(
    TensorFile taps,
    Optional<TensorFile> inputs,
    Optional<TensorFile> isolatedTruth,
    Optional<TensorFile> truth,
    List<String> expected) {

  static TapFiles of(
      TensorFile taps,
      Optional<TensorFile> inputs,
      Optional<TensorFile> isolatedTruth,
      Optional<TensorFile> truth) {
    Set<String> expected = new LinkedHashSet<>(order(taps));
    truth.ifPresent(file -> expected.addAll(order(file)));
    List<String> merged =
        inputs.map(file -> merged(expected, order(file))).orElse(List.copyOf(expected));
    return new TapFiles(taps, inputs, isolatedTruth, truth, merged);
  }

  /** Whether a name is that of a module's input. */
  public static boolean isInput(String name) {
    return name.indexOf(':') >= 0;
  }

  /** The captured name of a module's output or input in a call; without a number if it has none. */
  public Optional<String> nameOf(String path, int call) {
    Optional<TensorFile> file = isInput(path) ? inputs : Optional.of(taps);
    String numbered = path + "#" + call;
    return file.filter(tensors -> tensors.contains(numbered))
        .map(tensors -> numbered)
        .or(() -> file.filter(tensors -> call == 0 && tensors.contains(path)).map(tensors -> path));
  }

  /** The captured tensor of that name. */
  public Tensor get(String name) {
    return fileOf(name).get(name);
  }

  /** Type and shape of the captured tensor of that name; empty if it is lost. */
  public Optional<TensorInfo> info(String name) {
    return Optional.of(fileOf(name))
        .filter(file -> file.contains(name))
        .map(file -> file.info(name));
  }

  private TensorFile fileOf(String name) {
    return isInput(name) ? inputs.orElseThrow() : taps;
  }

  /** Inputs among outputs: a module is given its inputs before anything inside it returns. */
  private static List<String> merged(Collection<String> outputs, List<String> inputs) {
    List<String> merged = new ArrayList<>();
    List<String> waiting = new ArrayList<>(inputs);
    for (String output : outputs) {
      for (Iterator<String> names = waiting.iterator(); names.hasNext(); ) {
        String input = names.next();
        if (isGivenTo(input, output)) {
          merged.add(input);
          names.remove();
        }
      }
      merged.add(output);
    }
    merged.addAll(waiting);
    return List.copyOf(merged);
  }

  private static boolean isGivenTo(String input, String output) {
    TapName given = TapName.of(input);
    TapName returned = TapName.of(output);
    String module = given.path().substring(0, given.path().indexOf(':'));
    // What is inside a module that is called once may be called more often.
    boolean inTheCall = given.call().isEmpty() || returned.call().equals(given.call());
    return inTheCall
        && (returned.path().equals(module) || returned.path().startsWith(module + "."));
  }

  /** What the metadata lists as the order of execution; else the file's own names. */
  private static List<String> order(TensorFile file) {
    String json = file.metadata().get("order");
    if (json == null) {
      return file.names();
    }
    return TextList.of(json)
        .orElseThrow(() ->
            new BadInputException(
                "%s: metadata order is %s: expected a JSON list of tensor names; capture again"
                    .formatted(file.path(), Text.quote(json))));
  }
}
