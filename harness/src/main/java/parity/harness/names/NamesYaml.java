package parity.harness.names;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * 2, 1], dtype: F16}}, and {@code default: {dtype: F16}}.
 */
final class NamesYaml {
  /** More axes than a tensor has are not even looked at. */
  private static final int MAX_AXES = 64;

  private static final String DEFAULT = "default";
  private static final String NAME = "name";
  private static final String DTYPE = "dtype";
  private static final List<String> LAYOUT = List.of("squeeze", "axes", "add");
  private static final List<String> FIELDS = List.of(NAME, "axes", "squeeze", "add", DTYPE);
  private static final List<String> DEFAULT_FIELDS = FIELDS.subList(1, FIELDS.size());

  private static final String FORM =
      "expected lines 'EXPECTED: ACTUAL' or 'EXPECTED: {name: ACTUAL, axes: [0, 2, 1], dtype: F16}'";

  private final Path path;

  private NamesYaml(Path path) {
    this.path = path;
  }

  static NamesFile.Said read(Path path) {
    return new NamesYaml(path).said();
  }

  private NamesFile.Said said() {
    Optional<Node> root = YamlNodes.read(path, this::bad);
    if (!(root.orElse(null) instanceof MappingNode map) || map.getValue().isEmpty()) {
      throw bad("names nothing; " + FORM);
    }
    Map<String, NamesFile.Rule> rules = new LinkedHashMap<>();
    Optional<NamesFile.Defaults> defaults = Optional.empty();
    for (NodeTuple line : map.getValue()) {
      String expected =
          YamlNodes.text(line.getKeyNode())
              .orElseThrow(() ->
                  bad(
                      "the key "
                          + YamlNodes.shown(line.getKeyNode())
                          + " is no name; put it in quotes"));
      boolean twice;
      if (expected.equals(DEFAULT) && line.getValueNode() instanceof MappingNode fields) {
        twice = defaults.isPresent();
        defaults = Optional.of(defaults(fields));
      } else {
        boolean pattern = NamePattern.isOne(expected);
        String key = pattern ? expected : NamePattern.literal(expected);
        twice = rules.put(key, rule(expected, pattern, line.getValueNode())) != null;
      }
      if (twice) {
        throw bad(Text.quote(expected) + " is there twice; leave one of them out");
      }
    }
    return new NamesFile.Said(defaults.orElse(NamesFile.Defaults.NONE), rules);
  }

  private NamesFile.Defaults defaults(MappingNode block) {
    Map<String, Node> fields = fields(DEFAULT, block, DEFAULT_FIELDS);
    return new NamesFile.Defaults(
        layout(DEFAULT, fields).orElse(Layout.SAME),
        Optional.ofNullable(fields.get(DTYPE)).map(this::dtypes).orElse(Set.of()));
  }

  private Set<DType> dtypes(Node node) {
    return node instanceof SequenceNode list && list.getValue().size() <= DType.values().length
        ? list.getValue().stream()
            .map(item -> dtype(DEFAULT, item))
            .collect(Collectors.toUnmodifiableSet())
        : Set.of(dtype(DEFAULT, node));
  }

  private NamesFile.Rule rule(String expected, boolean pattern, Node value) {
    Optional<String> actual = YamlNodes.text(value);
    if (actual.isPresent()) {
      return rule(expected, pattern, actual.get(), Map.of());
    }
    if (!(value instanceof MappingNode block)) {
      throw bad(
          "%s is %s, which is no name of the other side; %s"
              .formatted(Text.quote(expected), YamlNodes.shown(value), FORM));
    }
    Map<String, Node> fields = fields(expected, block, FIELDS);
    String name =
        Optional.ofNullable(fields.get(NAME)).map(node -> name(expected, node)).orElse(expected);
    return rule(expected, pattern, name, fields);
  }

  private NamesFile.Rule rule(
      String expected, boolean pattern, String actual, Map<String, Node> fields) {
    Optional<NamePattern> both = Optional.empty();
    if (pattern) {
      try {
        both = Optional.of(NamePattern.of(expected, actual));
      } catch (IllegalArgumentException e) {
        throw bad(
            "the pattern %s %s; * stands for any text, {n} for a number, \\ before them for"
                    .formatted(Text.quote(expected), e.getMessage())
                + " themselves",
            Optional.of(e));
      }
    } else if (NamePattern.isOne(actual)) {
      throw bad(
          "%s is one tensor, and %s a pattern; write \\ before a *, { or # that means itself"
              .formatted(Text.quote(expected), Text.quote(actual)));
    }
    return new NamesFile.Rule(
        pattern ? actual : NamePattern.literal(actual),
        layout(expected, fields),
        Optional.ofNullable(fields.get(DTYPE)).map(node -> dtype(expected, node)),
        both);
  }

  private Map<String, Node> fields(String expected, MappingNode block, List<String> known) {
    Map<String, Node> fields = new LinkedHashMap<>();
    String all = String.join(", ", known.subList(0, known.size() - 1)) + " and " + known.getLast();
    if (block.getValue().size() > known.size()) {
      throw bad(
          "%s has %d fields; there are %s"
              .formatted(Text.quote(expected), block.getValue().size(), all));
    }
    for (NodeTuple field : block.getValue()) {
      String name = YamlNodes.text(field.getKeyNode()).orElse("");
      if (!known.contains(name)) {
        throw bad(
            "%s has a field %s; there are %s"
                .formatted(Text.quote(expected), YamlNodes.shown(field.getKeyNode()), all));
      }
      if (fields.put(name, field.getValueNode()) != null) {
        throw bad(Text.quote(expected) + " has its " + name + " twice; leave one of them out");
      }
    }
    return fields;
  }

  /** Nothing where none of its fields is there. */
  private Optional<Layout> layout(String expected, Map<String, Node> fields) {
    if (LAYOUT.stream().noneMatch(fields::containsKey)) {
      return Optional.empty();
    }
    List<List<Integer>> axes =
        LAYOUT.stream()
            .map(field ->
                Optional.ofNullable(fields.get(field))
                    .map(node -> axes(expected, field, node))
                    .orElse(List.of()))
            .toList();
    return Optional.of(new Layout(axes.get(0), axes.get(1), axes.get(2)));
  }

  private String name(String expected, Node node) {
    return YamlNodes.text(node)
        .orElseThrow(() ->
            bad(
                "%s has the name %s, which is no text; put it in quotes"
                    .formatted(Text.quote(expected), YamlNodes.shown(node))));
  }

  private List<Integer> axes(String expected, String field, Node node) {
    List<Node> items = node instanceof SequenceNode list ? list.getValue() : List.of();
    if (node instanceof SequenceNode && items.size() <= MAX_AXES) {
      List<Integer> axes = new ArrayList<>();
      for (Node item : items) {
        if (item instanceof ScalarNode scalar && scalar.getValue().matches("\\d{1,2}")) {
          axes.add(Integer.valueOf(scalar.getValue()));
        }
      }
      if (axes.size() == items.size() && Layout.areAxes(axes)) {
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
        "%s has %s %s; expected each axis once, as [0, 2, 1]"
            .formatted(Text.quote(expected), field, found));
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
