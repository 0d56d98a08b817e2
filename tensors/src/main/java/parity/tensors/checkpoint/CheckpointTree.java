package parity.tensors.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import parity.tensors.BadInputException;
import parity.tensors.Text;
import parity.tensors.file.MappedFile;
import parity.tensors.pickle.PickleValue;
import parity.tensors.pickle.PickleValue.Dict;
import parity.tensors.pickle.PickleValue.Made;
import parity.tensors.pickle.PickleValue.Members;
import parity.tensors.pickle.PickleValue.None;
import parity.tensors.pickle.PickleValue.Sequence;
import parity.tensors.pickle.PickleValue.Storage;
import parity.tensors.pickle.PickleValue.Str;
import parity.tensors.pickle.PickleValue.TorchTensor;
import parity.tensors.pickle.PickleValue.Tuple;
import parity.tensors.pickle.ValuePath;

/**
 * Everything in the value of a checkpoint, by its path: {@code model.weight} for {@code
 * value['model']['weight']}, {@code layers.0} for {@code value['layers'][0]}. A list of plain
 * values is one thing; a list with a tensor or a dict in it is gone into. Nothing is left out, and
 * no two things have one name: where two would, both are called as Python gets at them, {@code
 * ['a.b']} and {@code ['a']['b']}.
 */
final class CheckpointTree {
  /** What a tensor is called that is saved alone. */
  static final String TENSOR = "tensor";

  /** What any other value is called that is saved alone. */
  static final String VALUE = "value";

  static final int MAX_DEPTH = 500;
  static final int MAX_LEAVES = 100_000;
  private static final int MAX_VISITS = 4_000_000;
  private static final int MAX_NAMES = 16 << 20;

  /**
   * A thing that is not gone into.
   *
   * @param attached whether it hangs on another, and is no item of it
   */
  record Leaf(PickleValue value, boolean attached) {}

  private record Found(ValuePath path, Leaf leaf) {}

  private final MappedFile file;
  private final List<Found> found = new ArrayList<>();
  private int visits;
  private int nameLength;

  private CheckpointTree(MappedFile file) {
    this.file = file;
  }

  /**
   * All that is in a value, by name, in its order.
   *
   * @param file whose value it is, for messages
   * @throws BadInputException if a thing holds itself, two things cannot be told apart by name, or
   *     there is more of it than is read
   */
  static SequencedMap<String, Leaf> leaves(MappedFile file, PickleValue root) {
    CheckpointTree tree = new CheckpointTree(file);
    switch (root) {
      case Dict dict -> tree.walkDict(ValuePath.ROOT, dict, 0, false);
      case TorchTensor tensor -> tree.walk(ValuePath.ROOT.attribute(TENSOR), tensor, 0, false);
      default -> {
        ValuePath path = tree.isPlain(root, 0) ? ValuePath.ROOT.attribute(VALUE) : ValuePath.ROOT;
        tree.walk(path, root, 0, false);
      }
    }
    return tree.named();
  }

  private void walk(ValuePath path, PickleValue value, int depth, boolean attached) {
    visit(depth);
    switch (value) {
      case TorchTensor tensor -> {
        add(path, tensor, attached);
        states(path, tensor.states(), depth);
      }
      case Dict dict when !dict.items().isEmpty() -> walkDict(path, dict, depth, attached);
      case Sequence(List<PickleValue> items) when !isPlain(value, depth) ->
          walkAll(path, items, depth, attached);
      case Tuple(List<PickleValue> items) when !isPlain(value, depth) ->
          walkAll(path, items, depth, attached);
      case Members(List<PickleValue> items) when !isPlain(value, depth) ->
          walkAll(path, items, depth, attached);
      default -> add(path, value, attached);
    }
  }

  private void walkDict(ValuePath path, Dict dict, int depth, boolean attached) {
    for (Dict.Item item : dict.items().values()) {
      walk(path.key(file, item.key()), item.value(), depth + 1, attached);
    }
    states(path, dict.states(), depth);
  }

  private void walkAll(ValuePath path, List<PickleValue> items, int depth, boolean attached) {
    for (int i = 0; i < items.size(); i++) {
      walk(path.index(i), items.get(i), depth + 1, attached);
    }
  }

  /** What hangs on a thing: its attributes, and those of its slots. */
  private void states(ValuePath path, List<PickleValue> states, int depth) {
    for (PickleValue state : states) {
      visit(depth);
      if (state instanceof Dict dict) {
        attributes(path, dict, depth);
      } else if (state instanceof Tuple(List<PickleValue> parts)
          && parts.size() == 2
          && parts.stream().allMatch(part -> part instanceof Dict || part == None.NONE)) {
        states(path, parts, depth + 1);
      } else if (state != None.NONE) {
        attribute(path.attribute("state"), state, depth);
      }
    }
  }

  private void attributes(ValuePath path, Dict dict, int depth) {
    for (Dict.Item item : dict.items().values()) {
      ValuePath at =
          item.key() instanceof Str(String name)
              ? path.attribute(name)
              : path.key(file, item.key());
      attribute(at, item.value(), depth);
    }
  }

  private void attribute(ValuePath path, PickleValue value, int depth) {
    if (holdsTensor(value, depth)) {
      walk(path, value, depth + 1, true);
    } else {
      add(path, value, true);
    }
  }

  /** Whether it has neither a tensor in it nor a dict. */
  private boolean isPlain(PickleValue value, int depth) {
    visit(depth);
    return switch (value) {
      case TorchTensor t -> false;
      case Storage s -> false;
      case Dict d -> false;
      case Made made -> !made.function().makesArray();
      case Tuple(List<PickleValue> items) -> arePlain(items, depth);
      case Sequence(List<PickleValue> items) -> arePlain(items, depth);
      case Members(List<PickleValue> items) -> arePlain(items, depth);
      default -> true;
    };
  }

  private boolean arePlain(List<PickleValue> items, int depth) {
    for (PickleValue item : items) {
      if (!isPlain(item, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private boolean holdsTensor(PickleValue value, int depth) {
    visit(depth);
    return switch (value) {
      case TorchTensor t -> true;
      case Storage s -> true;
      case Made made -> made.function().makesArray();
      case Dict dict -> {
        List<PickleValue> items = new ArrayList<>(dict.states());
        dict.items().values().forEach(item -> items.add(item.value()));
        yield anyHoldsTensor(items, depth);
      }
      case Tuple(List<PickleValue> items) -> anyHoldsTensor(items, depth);
      case Sequence(List<PickleValue> items) -> anyHoldsTensor(items, depth);
      case Members(List<PickleValue> items) -> anyHoldsTensor(items, depth);
      default -> false;
    };
  }

  private boolean anyHoldsTensor(List<PickleValue> items, int depth) {
    for (PickleValue item : items) {
      if (holdsTensor(item, depth + 1)) {
        return true;
      }
    }
    return false;
  }

  private void visit(int depth) {
    if (depth > MAX_DEPTH) {
      throw file.bad("nests what it holds more than " + MAX_DEPTH + " deep, or in itself");
    }
    if (++visits > MAX_VISITS) {
      throw file.bad("holds more than can be listed, by way of things that are there many times");
    }
  }

  private void add(ValuePath path, PickleValue value, boolean attached) {
    nameLength += path.length(MAX_NAMES + 1);
    if (found.size() >= MAX_LEAVES || nameLength > MAX_NAMES) {
      throw file.bad(
          "holds more than " + MAX_LEAVES + " tensors and values, or their names are too long");
    }
    found.add(new Found(path, new Leaf(value, attached)));
  }

  private SequencedMap<String, Leaf> named() {
    Map<String, Integer> count = new LinkedHashMap<>();
    found.forEach(one -> count.merge(one.path().plain(), 1, Integer::sum));
    SequencedMap<String, Leaf> named = new LinkedHashMap<>();
    for (Found one : found) {
      String plain = one.path().plain();
      String name = count.getOrDefault(plain, 0) > 1 ? one.path().python() : plain;
      if (named.put(name, one.leaf()) != null) {
        throw file.bad(
            "holds two things that are both called "
                + Text.quote(name)
                + "; save it with other names");
      }
    }
    return named;
  }
}
