package parity.cosyvoice.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import parity.tensors.BadInputException;
import parity.tensors.Text;

/**
 * One mapping of the configuration, read key by key. Every wrong value is a {@link
 * BadInputException} that names file, line, key, what was found and what was expected.
 */
final class Section {
  private final YamlFile file;
  private final References references;
  private final String name;
  private final MappingNode mapping;
  private final Set<String> known = new HashSet<>();

  private Section(YamlFile file, References references, String name, MappingNode mapping) {
    this.file = file;
    this.references = references;
    this.name = name;
    this.mapping = mapping;
  }

  static Section root(YamlFile file) {
    return new Section(file, new References(file), "", file.root());
  }

  /** A mapping under a tag: {@code !new:a.Class} or {@code !name:a.function}. */
  Section tagged(String key, String tag) {
    Node node = get(key).orElseThrow(() -> missing(key, tag));
    if (!node.getTag().getValue().equals(tag)) {
      throw wrong(key, node, tag);
    }
    return section(key, node);
  }

  /** A plain mapping. */
  Section mapping(String key) {
    return section(key, get(key).orElseThrow(() -> missing(key, "a mapping")));
  }

  private Section section(String key, Node node) {
    if (node instanceof MappingNode child) {
      return new Section(file, references, path(key), child);
    }
    throw wrong(key, node, "a mapping of its arguments by name");
  }

  /** A whole number from {@code least} on. */
  int whole(String key, int least) {
    return required(key, "a whole number", node -> whole(key, node, least));
  }

  /** The same where upstream's constructor has a default. */
  int whole(String key, int least, int otherwise) {
    return get(key).map(node -> whole(key, node, least)).orElse(otherwise);
  }

  /** A finite number. */
  double number(String key) {
    return required(key, "a number", node -> number(key, node));
  }

  double number(String key, double otherwise) {
    return get(key).map(node -> number(key, node)).orElse(otherwise);
  }

  boolean flag(String key, boolean otherwise) {
    return get(key).map(node -> flag(key, node)).orElse(otherwise);
  }

  /** Whether the value is {@code null}, or there is none. */
  boolean isNull(String key) {
    return get(key).map(node -> node.getTag().equals(Tag.NULL)).orElse(true);
  }

  /** One of several words. */
  String oneOf(String key, List<String> words) {
    String expected = String.join(" or ", words);
    return required(
        key,
        expected,
        node -> {
          if (node instanceof ScalarNode scalar && words.contains(scalar.getValue())) {
            return scalar.getValue();
          }
          throw wrong(key, node, expected);
        });
  }

  /** Whole numbers from {@code least} on: a list, or a tuple such as {@code (8, 5, 3)}. */
  List<Integer> wholes(String key, int least) {
    return required(key, "a list of whole numbers", node -> wholes(key, node, least));
  }

  /** A list of such lists. */
  List<List<Integer>> wholeLists(String key, int least) {
    return required(
        key,
        "a list of lists of whole numbers",
        node ->
            elements(key, node, "a list of lists of whole numbers").stream()
                .map(row -> wholes(key, references.resolve(row), least))
                .toList());
  }

  private List<Integer> wholes(String key, Node node, int least) {
    return elements(key, node, "a list of whole numbers").stream()
        .map(element -> whole(key, references.resolve(element), least))
        .toList();
  }

  /** Says that keys may stand here which have no effect on inference. */
  void ignore(String... keys) {
    known.addAll(List.of(keys));
  }

  /** Refuses keys that nobody asked for, as upstream's constructor would. */
  void noOthers() {
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key && !known.contains(key.getValue())) {
        throw file.bad(
            key,
            path(key.getValue())
                + " is not known; "
                + name
                + " takes "
                + String.join(", ", known.stream().sorted().toList()));
      }
    }
  }

  /** Keys whose value has a tag that begins so, in the order of the file. */
  List<String> keysTagged(String prefix) {
    return mapping.getValue().stream()
        .filter(entry -> entry.getValueNode().getTag().getValue().startsWith(prefix))
        .map(NodeTuple::getKeyNode)
        .filter(ScalarNode.class::isInstance)
        .map(key -> ((ScalarNode) key).getValue())
        .toList();
  }

  /** A complaint about the value of a key that is there. */
  BadInputException bad(String key, String message) {
    Node place = YamlFile.find(mapping, key).orElse(mapping);
    return file.bad(place, path(key) + " " + message);
  }

  private Optional<Node> get(String key) {
    known.add(key);
    return YamlFile.find(mapping, key).map(references::resolve);
  }

  private <T> T required(String key, String expected, Function<Node, T> read) {
    return read.apply(get(key).orElseThrow(() -> missing(key, expected)));
  }

  private int whole(String key, Node node, int least) {
    String expected = "a whole number from " + least + " on";
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
      try {
        int value = Integer.parseInt(scalar.getValue());
        if (value >= least) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw wrong(key, node, expected + ", in decimal digits and below 2147483648");
      }
    }
    throw wrong(key, node, expected);
  }

  private double number(String key, Node node) {
    if (node instanceof ScalarNode scalar
        && (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT))) {
      try {
        double value = Double.parseDouble(scalar.getValue());
        if (Double.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw wrong(key, node, "a finite number in decimal digits");
      }
    }
    throw wrong(key, node, "a finite number");
  }

  private boolean flag(String key, Node node) {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
      return Boolean.parseBoolean(scalar.getValue());
    }
    throw wrong(key, node, "True or False");
  }

  private List<Node> elements(String key, Node node, String expected) {
    return switch (node) {
      case SequenceNode sequence when sequence.getTag().equals(Tag.SEQ) -> sequence.getValue();
      case ScalarNode scalar when isTuple(scalar) -> tuple(scalar);
      default -> throw wrong(key, node, expected);
    };
  }

  private static boolean isTuple(ScalarNode scalar) {
    boolean tagged = scalar.getTag().getValue().equals("!tuple");
    boolean plain = scalar.isPlain() && scalar.getTag().equals(Tag.STR);
    return (tagged || plain) && scalar.getValue().matches("\\(.*\\)");
  }

  private static List<Node> tuple(ScalarNode scalar) {
    String inside = scalar.getValue().substring(1, scalar.getValue().length() - 1);
    List<Node> elements = new ArrayList<>();
    for (String element : inside.split(",", -1)) {
      String text = element.strip();
      if (!text.isEmpty()) {
        Tag tag = text.matches("[-+]?[0-9]+") ? Tag.INT : Tag.STR;
        elements.add(
            new ScalarNode(
                tag, true, text, ScalarStyle.PLAIN, scalar.getStartMark(), scalar.getEndMark()));
      }
    }
    return elements;
  }

  private BadInputException missing(String key, String expected) {
    return file.bad(mapping, path(key) + " is missing; expected " + expected);
  }

  private BadInputException wrong(String key, Node node, String expected) {
    return file.bad(node, path(key) + " is " + describe(node) + "; expected " + expected);
  }

  private static String describe(Node node) {
    String tag = node.getTag().getValue();
    if (tag.startsWith("!")) {
      return Text.shown(tag);
    }
    return switch (node) {
      case ScalarNode scalar when scalar.getTag().equals(Tag.STR) ->
          "the text " + Text.quote(scalar.getValue().replaceAll("\\s+", " "));
      case ScalarNode scalar ->
          scalar.getValue().isEmpty() ? "empty" : Text.shown(scalar.getValue());
      case SequenceNode sequence -> "a list of " + sequence.getValue().size();
      default -> "a mapping";
    };
  }

  private String path(String key) {
    return name.isEmpty() ? key : name + "." + key;
  }
}
