package parity.tensors.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import parity.tensors.BadInputException;
import parity.tensors.Text;

/** A JSON file in UTF-8 whose outermost value is an object, read member by member. */
public final class JsonFile {
  /** The largest file of a release, {@code vocab.json}, has 3 MB. */
  private static final int MAX_BYTES = 1 << 26;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(BoundedJson.UNBOUNDED)
          .build();

  private JsonFile() {}

  /** What is done with a member: the parser stands on its value and is left on the value's end. */
  @FunctionalInterface
  public interface Member {
    /** Reads it. */
    void read(String name, JsonParser value) throws IOException;
  }

  /**
   * Reads all members.
   *
   * @param expected what the file should be, for messages
   * @throws BadInputException if the file cannot be read, is not JSON or no object, has a name
   *     twice, nests deeper than anybody means to, or has a number of more digits than that; the
   *     message names file, field or line, and what was found
   */
  public static void read(Path file, String expected, Member member) {
    try (JsonParser json = new BoundedJson(file, expected, bytes(file, expected), JSON)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new BadInputException("%s: not a JSON object: expected %s".formatted(file, expected));
      }
      members(json, member);
    } catch (JsonProcessingException e) {
      String line =
          Optional.ofNullable(e.getLocation())
              .map(JsonLocation::getLineNr)
              .map(" line %d:"::formatted)
              .orElse("");
      String why = Text.shown(e.getOriginalMessage().lines().findFirst().orElse(""));
      throw new BadInputException(
          "%s:%s not JSON: %s: expected %s".formatted(file, line, why, expected), e);
    } catch (IOException e) {
      throw unreadable(file, expected, e);
    }
  }

  /** The members of the object that the parser stands on. */
  public static void members(JsonParser json, Member member) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      member.read(name, json);
    }
  }

  /**
   * The value that the parser stands on: a text without its quotes, anything else as it is written
   * in the file. The parser is left on the value's end.
   */
  public static String text(JsonParser value) throws IOException {
    if (!value.currentToken().isStructStart()) {
      return value.getText();
    }
    return ((BoundedJson) value).skipped();
  }

  private static byte[] bytes(Path file, String expected) throws IOException {
    return Text.withoutMark(
        RegularFile.bytes(
            file,
            MAX_BYTES,
            size ->
                new BadInputException(
                    "%s: has %d bytes, more than %d: expected %s"
                        .formatted(file, size, MAX_BYTES, expected))));
  }

  /** What is said of a file that the operating system does not give. */
  public static BadInputException unreadable(Path file, String expected, IOException cause) {
    return new BadInputException(
        "%s: cannot be read (%s): expected %s; give the folder of a whole release"
            .formatted(file, Text.reason(cause), expected),
        cause);
  }
}
