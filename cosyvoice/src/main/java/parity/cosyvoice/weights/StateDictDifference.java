package parity.cosyvoice.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parity.tensors.Shape;
import parity.tensors.Text;

/**
 * Why upstream's strict loading refuses a checkpoint; all empty if it takes it.
 *
 * <p>Reference: torch/nn/modules/module.py, {@code load_state_dict}. PyTorch passes over a name
 * that is a module's own, or that goes on after a parameter's ({@code conv_pre.bias.more}); here
 * these are unexpected as any other, since nothing reads them.
 *
 * @param unexpected names that the modules do not have, each with what stands under it
 * @param missing names that only the modules have
 * @param misshapen what is no tensor, or of another shape: one phrase each
 */
public record StateDictDifference(
    List<String> unexpected, List<String> missing, List<String> misshapen) {
  /** Of a checkpoint that upstream takes. */
  public static final StateDictDifference NONE =
      new StateDictDifference(List.of(), List.of(), List.of());

  /** So many names of a kind stand in a message. */
  private static final int NAMED = 5;

  public StateDictDifference {
    unexpected = List.copyOf(unexpected);
    missing = List.copyOf(missing);
    misshapen = List.copyOf(misshapen);
  }

  /**
   * What stands under a name of a checkpoint.
   *
   * @param says what it is, for messages
   * @param shape of a tensor; empty where it is none
   */
  record Found(String says, Optional<Shape> shape) {}

  static StateDictDifference of(StateDict expected, Map<String, Found> held) {
    SortedMap<String, Found> found = expected.renamed(held);
    List<String> unexpected = new ArrayList<>();
    List<String> misshapen = new ArrayList<>();
    found.forEach((name, value) -> {
      Shape shape = expected.shapes().get(name);
      if (shape == null) {
        unexpected.add(
            Text.quote(name) + (value.shape().isPresent() ? "" : " (" + value.says() + ")"));
      } else if (!value.shape().equals(Optional.of(shape))) {
        misshapen.add("%s is %s, not %s".formatted(Text.quote(name), value.says(), shape));
      }
    });
    List<String> missing =
        expected.shapes().keySet().stream()
            .filter(name -> !found.containsKey(name))
            .map(Text::quote)
            .toList();
    return new StateDictDifference(unexpected, missing, misshapen);
  }

  /** Whether upstream loads the checkpoint. */
  public boolean isEmpty() {
    return unexpected.isEmpty() && missing.isEmpty() && misshapen.isEmpty();
  }

  /** All of it in one phrase, with what to do. */
  @Override
  public String toString() {
    return "upstream's load_state_dict(strict=True) refuses it: "
        + Stream.of(
                Map.entry("unexpected ", unexpected),
                Map.entry("missing ", missing),
                Map.entry("of another shape ", misshapen))
            .filter(kind -> !kind.getValue().isEmpty())
            .map(kind -> kind.getKey() + named(kind.getValue()))
            .collect(Collectors.joining("; "))
        + "; "
        + remedy();
  }

  private String remedy() {
    return missing.isEmpty() && misshapen.isEmpty()
        ? "take these names out, so that only the module's own state_dict is saved"
        : "take configuration and checkpoint from one model, and save the module's state_dict as it"
            + " is";
  }

  private static String named(List<String> names) {
    String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
    return names.stream().limit(NAMED).collect(Collectors.joining(", ")) + more;
  }
}
