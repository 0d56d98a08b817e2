package parity.cosyvoice.llm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import parity.tensors.BadInput;

/** The numbers, texts and truth values of a JSON file's outermost object, each as it is written. */
final class JsonScalars {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final String WHOLE = "a whole number from 1 to " + Integer.MAX_VALUE;

  private final Path file;
  private final Map<String, String> values;

  private JsonScalars(Path file, Map<String, String> values) {
    this.file = file;
    this.values = values;
  }

  static JsonScalars read(Path file) {
    try {
      return new JsonScalars(file, parse(file, Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      throw new BadInput(
          "%s: line %d: not JSON: %s"
              .formatted(
                  file,
                  e.getLocation().getLineNr(),
                  e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    } catch (IOException e) {
      throw new BadInput(
          file + ": cannot be read: expected the dimensions of Qwen2, as the release has them", e);
    }
  }

  private static Map<String, String> parse(Path file, byte[] bytes) throws IOException {
    Map<String, String> values = new HashMap<>();
    try (JsonParser json = JSON.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new BadInput(file + ": not a JSON object: expected that of Qwen2's configuration");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        values.put(name, json.getText());
        json.skipChildren();
      }
    }
    return values;
  }

  boolean contains(String name) {
    return values.containsKey(name);
  }

  /** Refuses any value but one; a value that is not given is the same as that. */
  void requireIfPresent(String name, String value) {
    if (!values.getOrDefault(name, value).equals(value)) {
      throw wrong(name, value + ", as in CosyVoice3's release");
    }
  }

  int positiveInt(String name) {
    BigDecimal value = number(name);
    try {
      if (value.signum() > 0) {
        return value.intValueExact();
      }
    } catch (ArithmeticException e) {
      throw new BadInput(complaint(name, WHOLE), e);
    }
    throw wrong(name, WHOLE);
  }

  double positiveDouble(String name) {
    double value = number(name).doubleValue();
    if (value > 0 && value < Double.POSITIVE_INFINITY) {
      return value;
    }
    throw wrong(name, "a number above 0");
  }

  private BigDecimal number(String name) {
    try {
      return new BigDecimal(values.getOrDefault(name, ""));
    } catch (NumberFormatException e) {
      throw new BadInput(complaint(name, "a number"), e);
    }
  }

  BadInput wrong(String name, String expected) {
    return new BadInput(complaint(name, expected));
  }

  private String complaint(String name, String expected) {
    String found = contains(name) ? "is " + values.get(name) : "is missing";
    return "%s: %s %s: expected %s".formatted(file, name, found, expected);
  }
}
