package parity.cosyvoice.config;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * What the {@code !ref} and {@code !copy} of a file stand for: {@code <key>}, {@code <key[sub]>},
 * arithmetic with several of them, or text with references in it.
 *
 * <p>Reference: hyperpyyaml/core.py, {@code recursive_resolve} and {@code deref}.
 */
final class References {
  private static final Pattern REFERENCE = Pattern.compile("<([^>]*)>");

  /** References to references that nobody's configuration has. */
  private static final int MAX_DEPTH = 50;

  private final YamlFile file;
  private final Set<Node> open = new HashSet<>();

  References(YamlFile file) {
    this.file = file;
  }

  /** The node itself, or the node that it refers to, or a computed scalar in its place. */
  Node resolve(Node node) {
    String tag = node.getTag().getValue();
    if (!tag.equals("!ref") && !tag.equals("!copy")) {
      return node;
    }
    if (!(node instanceof ScalarNode scalar)) {
      throw file.bad(node, tag + " stands before a list or mapping; expected <key>");
    }
    if (!open.add(node)) {
      throw file.bad(node, tag + " " + scalar.getValue() + " refers to itself");
    }
    if (open.size() > MAX_DEPTH) {
      throw file.bad(
          node,
          "%s %s is the end of more than %d references one after the other; expected the value itself"
              .formatted(tag, scalar.getValue(), MAX_DEPTH));
    }
    try {
      return resolve(scalar, scalar.getValue());
    } finally {
      open.remove(node);
    }
  }

  private Node resolve(ScalarNode place, String expression) {
    Matcher whole = REFERENCE.matcher(expression);
    if (whole.matches()) {
      return resolve(find(place, whole.group(1)));
    }
    String filled =
        REFERENCE
            .matcher(expression)
            .replaceAll(match -> Matcher.quoteReplacement(text(place, match.group(1))));
    try {
      return Arithmetic.evaluate(filled)
          .map(value -> scalar(place, value instanceof Long ? Tag.INT : Tag.FLOAT, "" + value))
          .orElseGet(() -> scalar(place, Tag.STR, filled));
    } catch (ArithmeticException e) {
      throw file.bad(place, "!ref " + expression + " cannot be computed: " + e.getMessage());
    }
  }

  private static ScalarNode scalar(ScalarNode place, Tag tag, String text) {
    return new ScalarNode(
        tag, true, text, place.getScalarStyle(), place.getStartMark(), place.getEndMark());
  }

  private String text(ScalarNode place, String reference) {
    Node target = resolve(find(place, reference));
    if (target instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw file.bad(place, "<" + reference + "> is no number or text to compute with");
  }

  private Node find(ScalarNode place, String reference) {
    if (reference.contains(".")) {
      throw file.bad(
          place, "<" + reference + "> is an attribute of an object; only values can be read here");
    }
    Node branch = file.root();
    for (String part : reference.split("\\[", -1)) {
      String key = part.replace("]", "");
      Optional<Node> next =
          resolve(branch) instanceof MappingNode mapping
              ? YamlFile.find(mapping, key)
              : Optional.empty();
      branch = next.orElseThrow(() -> file.bad(place, "<" + reference + "> is not there"));
    }
    return branch;
  }
}
