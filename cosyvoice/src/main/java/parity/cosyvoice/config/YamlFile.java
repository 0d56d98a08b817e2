package parity.cosyvoice.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import parity.tensors.BadInputException;
import parity.tensors.Text;
import parity.tensors.file.RegularFile;

/** A YAML file as a tree of tagged nodes. No object that a tag names is ever made. */
final class YamlFile {
  /** The released file has 9 kB. */
  private static final int MAX_BYTES = 1 << 20;

  /** Brackets that may be open at once; the released file has seven. */
  private static final int MAX_DEPTH = 100;

  private final Path path;
  private final MappingNode root;

  private YamlFile(Path path, MappingNode root) {
    this.path = path;
    this.root = root;
  }

  /**
   * Reads a file whose outermost level is a mapping.
   *
   * @throws BadInputException if it is none, is not UTF-8, is cut off, or has a key twice in one
   *     mapping
   */
  static YamlFile read(Path path) {
    String text;
    try {
      byte[] bytes =
          Text.withoutMark(
              RegularFile.bytes(
                  path,
                  MAX_BYTES,
                  size ->
                      new BadInputException(
                          path + " has " + size + " bytes, too many for a configuration of text")));
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw new BadInputException(path + " does not exist", e);
    } catch (CharacterCodingException e) {
      throw new BadInputException(path + " is not text in UTF-8, so no YAML", e);
    } catch (IOException e) {
      throw new BadInputException(path + " cannot be read: " + Text.reason(e), e);
    }
    Node node = compose(path, text);
    if (!(node instanceof MappingNode root)) {
      throw new BadInputException(
          path + " has no keys at its outermost level, so it is no model configuration");
    }
    YamlFile file = new YamlFile(path, root);
    file.refuseDuplicates(root, new HashSet<>());
    return file;
  }

  private static Node compose(Path path, String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(path.toString()).setSchema(new CoreSchema()).build();
    try {
      refuseDeepNesting(path, text, new Parse(settings).parseString(text));
      return new Compose(settings)
          .composeString(text)
          .orElseThrow(
              () -> new BadInputException(path + " is empty; expected a model configuration"));
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> " line " + (mark.getLine() + 1)).orElse("");
      throw new BadInputException(
          path + line + " is not valid YAML: " + Text.oneLine(e.getProblem()), e);
    } catch (YamlEngineException | IllegalArgumentException e) {
      // A tag with a blank at its end, say, is a wrong argument to it.
      throw new BadInputException(
          path + " is not valid YAML: " + Text.oneLine(String.valueOf(e.getMessage())), e);
    }
  }

  /** Composing recurses, parsing does not. */
  private static void refuseDeepNesting(Path path, String text, Iterable<Event> events) {
    int depth = 0;
    String key = "";
    int start = 0;
    for (Event event : events) {
      if (depth == 1 && event instanceof ScalarEvent scalar) {
        key = scalar.getValue();
      } else if (event instanceof CollectionStartEvent) {
        depth++;
        start = depth == 2 ? event.getStartMark().map(Mark::getIndex).orElse(0) : start;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (depth > MAX_DEPTH) {
        throw new BadInputException(
            "%s line %d: %s is %s, which nests more than %d levels deep; expected a model configuration"
                .formatted(
                    path,
                    event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0),
                    Text.shown(key),
                    Text.quote(Text.oneLine(text.substring(start))),
                    MAX_DEPTH));
      }
    }
  }

  private void refuseDuplicates(Node node, Set<Node> seen) {
    if (!seen.add(node)) {
      return;
    }
    switch (node) {
      case MappingNode mapping -> {
        Map<String, Node> first = new HashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
          String key = keyOf(entry);
          Node earlier = first.putIfAbsent(key, entry.getKeyNode());
          if (earlier != null) {
            throw bad(
                entry.getKeyNode(), "key " + key + " was already given in line " + line(earlier));
          }
          refuseDuplicates(entry.getValueNode(), seen);
        }
      }
      case SequenceNode sequence ->
          sequence.getValue().forEach(child -> refuseDuplicates(child, seen));
      default -> {}
    }
  }

  private String keyOf(NodeTuple entry) {
    if (entry.getKeyNode() instanceof ScalarNode key) {
      return key.getValue();
    }
    throw bad(entry.getKeyNode(), "a key is a list or mapping; expected a name");
  }

  MappingNode root() {
    return root;
  }

  Path path() {
    return path;
  }

  /** What stands behind a key of a mapping. */
  static Optional<Node> find(MappingNode mapping, String key) {
    return mapping.getValue().stream()
        .filter(entry -> entry.getKeyNode() instanceof ScalarNode k && k.getValue().equals(key))
        .map(NodeTuple::getValueNode)
        .findFirst();
  }

  /** A complaint about a place in this file. */
  BadInputException bad(Node place, String message) {
    return new BadInputException(path + " line " + line(place) + ": " + Text.oneLine(message));
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElseThrow();
  }
}
