package parity.harness.names;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import parity.tensors.BadInput;
import parity.tensors.DType;

/**
 * The form of a names file: {@code EXPECTED: ACTUAL}, or {@code EXPECTED: {name: ACTUAL, axes: [0,
 * 2, 1], dtype: F16}}.
 */
final class NamesYaml {
  /** Far more than the names of any model take. */
  private static final long MAX_BYTES = 1 << 24;

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
    Object root = load();
    if (!(root instanceof Map<?, ?> map) || map.isEmpty()) {
      throw bad("names nothing; " + FORM);
    }
    Map<String, NamedTensor> entries = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      if (!(key instanceof String expected)) {
        throw bad("the key " + key + " is no name; put it in quotes");
      }
      entries.put(expected, entry(expected, value));
    });
    return entries;
  }

  private Object load() {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw bad("has " + Files.size(path) + " bytes, too many for a file of names");
      }
      Object root =
          new Load(LoadSettings.builder().setLabel(path.toString()).build())
              .loadFromString(Files.readString(path));
      return root == null ? Map.of() : root;
    } catch (NoSuchFileException e) {
      throw bad("no such file", e);
    } catch (CharacterCodingException e) {
      throw bad("is not text in UTF-8, so no YAML", e);
    } catch (IOException e) {
      throw bad("cannot be read: " + e.getMessage(), e);
    } catch (YamlEngineException e) {
      throw bad("is not valid YAML: " + e.getMessage(), e);
    }
  }

  private NamedTensor entry(String expected, Object value) {
    return switch (value) {
      case String actual -> new NamedTensor(actual, List.of(), Optional.empty());
      case Map<?, ?> fields -> entry(expected, fields);
      case null, default -> throw bad("'" + expected + "' has no name of the other side; " + FORM);
    };
  }

  private NamedTensor entry(String expected, Map<?, ?> fields) {
    String actual = expected;
    List<Integer> axes = List.of();
    Optional<DType> dtype = Optional.empty();
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      Object value = field.getValue();
      switch (String.valueOf(field.getKey())) {
        case "name" -> {
          if (!(value instanceof String name)) {
            throw bad("'" + expected + "' has a name that is no text; put it in quotes");
          }
          actual = name;
        }
        case "axes" -> axes = axes(expected, value);
        case "dtype" -> dtype = Optional.of(dtype(expected, value));
        default ->
            throw bad(
                "'%s' has a field '%s'; there are name, axes and dtype"
                    .formatted(expected, field.getKey()));
      }
    }
    return new NamedTensor(actual, axes, dtype);
  }

  private List<Integer> axes(String expected, Object value) {
    List<Integer> axes = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object axis : list) {
        if (axis instanceof Integer number && number >= 0) {
          axes.add(number);
        }
      }
      if (axes.size() == list.size() && new HashSet<>(axes).size() == axes.size()) {
        return axes;
      }
    }
    throw bad("'" + expected + "' has axes " + value + "; expected each axis once, as [0, 2, 1]");
  }

  private DType dtype(String expected, Object value) {
    try {
      return DType.valueOf(String.valueOf(value).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw bad(
          "'%s' has dtype %s; known are %s"
              .formatted(expected, value, Arrays.toString(DType.values())),
          e);
    }
  }

  private BadInput bad(String message) {
    return new BadInput("--names " + path + ": " + message);
  }

  private BadInput bad(String message, Exception cause) {
    return new BadInput("--names " + path + ": " + message, cause);
  }
}
