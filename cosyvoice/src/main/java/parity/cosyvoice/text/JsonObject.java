package parity.cosyvoice.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import parity.tensors.BadInput;

/** A JSON file whose outermost value is an object, read member by member. */
final class JsonObject {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private JsonObject() {}

  /** What is done with a member: the parser stands on its value and is left on the value's end. */
  interface Member {
    void read(String name, JsonParser value) throws IOException;
  }

  /**
   * Reads all members.
   *
   * @param expected what the file should be, for messages
   * @throws BadInput if the file cannot be read, is not JSON or no object, or has a name twice
   */
  static void read(Path file, String expected, Member member) {
    try (JsonParser json = JSON.createParser(Files.readAllBytes(file))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new BadInput("%s: not a JSON object: expected %s".formatted(file, expected));
      }
      members(json, member);
    } catch (JsonProcessingException e) {
      throw new BadInput(
          "%s: line %d: not JSON: %s: expected %s"
              .formatted(
                  file,
                  e.getLocation().getLineNr(),
                  e.getOriginalMessage().lines().findFirst().orElse(""),
                  expected),
          e);
    } catch (IOException e) {
      throw unreadable(file, expected, e);
    }
  }

  /** The members of the object that the parser stands on. */
  static void members(JsonParser json, Member member) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      member.read(name, json);
    }
  }

  static BadInput unreadable(Path file, String expected, IOException cause) {
    return new BadInput(
        "%s: cannot be read: expected %s; give the folder of a whole release"
            .formatted(file, expected),
        cause);
  }
}
