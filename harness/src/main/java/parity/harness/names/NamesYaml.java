package parity.harness.names;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Text;

/**
 * The form of a names file: {@code EXPECTED: ACTUAL}, or {@code EXPECTED: {name: ACTUAL, axes: [0,
 * 2, 1], dtype: F16}}.
 */
final class NamesYaml {
  /** More axes than a tensor has, and more fields than there are, are not even looked at. */
  private static final int MAX_AXES = 64;

  private static final int FIELDS = 3;

  private static final String FORM =
      "expected lines 'EXPECTED: ACTUAL' or 'EXPECTED: {name: ACTUAL, axes: [0, 2, 1], dtype: F16}'";

  private final Path path;

  private NamesYaml(Path path) {
    this.path = path;
  }

  static Map<String, NamedTensor> read(Path path) {
    return new NamesYaml(path).entries();
  }

  private Map<String, NamedTensor> entries() {
    Optional<Node> root = YamlNodes.read(path, this::bad);
    if (!(root.orElse(null) instanceof MappingNode map) || map.getValue().isEmpty()) {
      throw bad("names nothing; " + FORM);
    }
    Map<String, NamedTensor> entries = new LinkedHashMap<>();
    for (NodeTuple line : map.getValue()) {
      String expected =
          YamlNodes.text(line.getKeyNode())
              .orElseThrow(() ->
                  bad(
                      "the key "
                          + YamlNodes.shown(line.getKeyNode())
                          + " is no name; put it in quotes"));
      if (entries.put(expected, entry(expected, line.getValueNode())) != null) {
        throw bad(Text.quote(expected) + " is there twice; leave one of them out");
      }
    }
    return entries;
  }

  private NamedTensor entry(String expected, Node value) {
    Optional<String> actual = YamlNodes.text(value);
    if (actual.isPresent()) {
      return new NamedTensor(actual.get(), List.of(), Optional.empty());
    }
    if (!(value instanceof MappingNode fields)) {
      throw bad(
          "%s is %s, which is no name of the other side; %s"
              .formatted(Text.quote(expected), YamlNodes.shown(value), FORM));
    }
    return entry(expected, fields);
  }

  private NamedTensor entry(String expected, MappingNode fields) {
    Map<String, Node> byName = new LinkedHashMap<>();
    if (fields.getValue().size() > FIELDS) {
      throw bad(
          "%s has %d fields; there are name, axes and dtype"
              .formatted(Text.quote(expected), fields.getValue().size()));
    }
    for (NodeTuple field : fields.getValue()) {
      String name = YamlNodes.text(field.getKeyNode()).orElse("");
      if (!List.of("name", "axes", "dtype").contains(name)) {
        throw bad(
            "%s has a field %s; there are name, axes and dtype"
                .formatted(Text.quote(expected), YamlNodes.shown(field.getKeyNode())));
      }
      if (byName.put(name, field.getValueNode()) != null) {
        throw bad(Text.quote(expected) + " has its " + name + " twice; leave one of them out");
      }
    }
    return new NamedTensor(
        Optional.ofNullable(byName.get("name")).map(node -> name(expected, node)).orElse(expected),
        Optional.ofNullable(byName.get("axes")).map(node -> axes(expected, node)).orElse(List.of()),
        Optional.ofNullable(byName.get("dtype")).map(node -> dtype(expected, node)));
  }

  private String name(String expected, Node node) {
    return YamlNodes.text(node)
        .orElseThrow(() ->
            bad(
                "%s has the name %s, which is no text; put it in quotes"
                    .formatted(Text.quote(expected), YamlNodes.shown(node))));
  }

  private List<Integer> axes(String expected, Node node) {
    List<Node> items = node instanceof SequenceNode list ? list.getValue() : List.of();
    if (node instanceof SequenceNode && items.size() <= MAX_AXES) {
      List<Integer> axes = new ArrayList<>();
      for (Node item : items) {
        if (item instanceof ScalarNode scalar && scalar.getValue().matches("\\d{1,2}")) {
          axes.add(Integer.valueOf(scalar.getValue()));
        }
      }
      if (axes.size() == items.size() && new HashSet<>(axes).size() == axes.size()) {
        return axes;
      }
    }
    String found =
        node instanceof SequenceNode
            ? items.stream()
                .limit(MAX_AXES)
                .map(YamlNodes::shown)
                .collect(Collectors.joining(", ", "[", "]"))
            : YamlNodes.shown(node);
    throw bad(
        "%s has axes %s; expected each axis once, as [0, 2, 1]"
            .formatted(Text.quote(expected), found));
  }

  private DType dtype(String expected, Node node) {
    String name = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    try {
      return DType.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw bad(
          "%s has dtype %s; known are %s"
              .formatted(
                  Text.quote(expected), YamlNodes.shown(node), Arrays.toString(DType.values())),
          Optional.of(e));
    }
  }

  private BadInputException bad(String message) {
    return bad(message, Optional.empty());
  }

  private BadInputException bad(String message, Optional<Exception> cause) {
    String about = "--names " + path + ": " + message;
    return cause
        .map(e -> new BadInputException(about, e))
        .orElseGet(() -> new BadInputException(about));
  }
}
