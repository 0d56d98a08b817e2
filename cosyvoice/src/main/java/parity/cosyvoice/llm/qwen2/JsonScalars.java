package parity.cosyvoice.llm.qwen2;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import parity.tensors.BadInputException;
import parity.tensors.Text;
import parity.tensors.file.JsonFile;

/** The values of a JSON file's outermost object, each as it is written, texts without quotes. */
final class JsonScalars {
  private static final String EXPECTED = "the dimensions of Qwen2, as the release has them";
  private static final String WHOLE = "a whole number from 1 to " + Integer.MAX_VALUE;

  private final Path file;
  private final Map<String, String> values;

  private JsonScalars(Path file, Map<String, String> values) {
    this.file = file;
    this.values = values;
  }

  static JsonScalars read(Path file) {
    Map<String, String> values = new HashMap<>();
    JsonFile.read(file, EXPECTED, (name, value) -> values.put(name, JsonFile.text(value)));
    return new JsonScalars(file, values);
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
      throw new BadInputException(complaint(name, WHOLE), e);
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
      throw new BadInputException(complaint(name, "a number"), e);
    }
  }

  BadInputException wrong(String name, String expected) {
    return new BadInputException(complaint(name, expected));
  }

  private String complaint(String name, String expected) {
    String found =
        contains(name) ? "is " + Text.shown(values.getOrDefault(name, "")) : "is missing";
    return "%s: %s %s: expected %s".formatted(file, name, found, expected);
  }
}
