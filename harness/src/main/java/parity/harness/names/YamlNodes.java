package parity.harness.names;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import parity.tensors.BadInputException;
import parity.tensors.Text;
import parity.tensors.file.RegularFile;

/**
 * A YAML file as a tree of nodes. No value is made of a node: a number of a million digits or a tag
 * that names a class costs nothing.
 */
final class YamlNodes {
  /** Far more than the names of any model take. */
  private static final int MAX_BYTES = 1 << 24;

  /** Levels of brackets and indents; a file of names has three. */
  private static final int MAX_DEPTH = 20;

  private YamlNodes() {}

  /**
   * Reads a file of one document.
   *
   * @param bad makes the complaint about the file; the cause may be none
   * @return its root; nothing where the file says nothing
   */
  static Optional<Node> read(
      Path path, BiFunction<String, Optional<Exception>, BadInputException> bad) {
    try {
      ByteBuffer bytes =
          ByteBuffer.wrap(
              RegularFile.bytes(
                  path,
                  MAX_BYTES,
                  size ->
                      bad.apply(
                          "has " + size + " bytes, too many for a file of names",
                          Optional.empty())));
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      LoadSettings settings = LoadSettings.builder().setCodePointLimit(MAX_BYTES).build();
      int line = deepLine(new Parse(settings).parseString(text));
      if (line > 0) {
        throw bad.apply(
            "line %d nests more than %d levels deep".formatted(line, MAX_DEPTH), Optional.empty());
      }
      return new Compose(settings).composeString(text);
    } catch (NoSuchFileException e) {
      throw bad.apply("no such file", Optional.of(e));
    } catch (CharacterCodingException e) {
      throw bad.apply("is not text in UTF-8, so no YAML", Optional.of(e));
    } catch (IOException e) {
      throw bad.apply("cannot be read: " + Text.reason(e), Optional.of(e));
    } catch (MarkedYamlEngineException e) {
      String place =
          e.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + " ").orElse("");
      throw bad.apply(place + "is not valid YAML: " + Text.oneLine(e.getProblem()), Optional.of(e));
    } catch (YamlEngineException | IllegalArgumentException e) {
      // A tag with a blank at its end, say, is a wrong argument to it.
      throw bad.apply(
          "is not valid YAML: " + Text.oneLine(String.valueOf(e.getMessage())), Optional.of(e));
    }
  }

  /**
   * The line where it nests too deep, from 1; 0 if nowhere. Composing recurses, parsing does not.
   */
  private static int deepLine(Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
    return 0;
  }

  /** The text that a node is, if it is one: {@code x} and {@code '5'}, not {@code 5}. */
  static Optional<String> text(Node node) {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  /** What a node is, for messages. */
  static String shown(Node node) {
    return switch (node.getNodeType()) {
      case SCALAR -> Text.quote(((ScalarNode) node).getValue());
      case SEQUENCE -> "a list";
      case MAPPING -> "a mapping";
      case ANCHOR -> "an alias";
    };
  }
}
