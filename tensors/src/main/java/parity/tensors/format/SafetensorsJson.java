package parity.tensors.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parity.tensors.BadInputException;
import parity.tensors.Shape;
import parity.tensors.Text;
import parity.tensors.file.MappedFile;

/** The JSON of a safetensors header: its form is checked here, what it says is not. */
final class SafetensorsJson {
  static final String METADATA = "__metadata__";

  /** Far more than any model has, and few enough for a small heap. */
  static final int MAX_ENTRIES = 100_000;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** A tensor as the header describes it; numbers are not negative. */
  record Described(String dtype, List<Long> shape, List<Long> offsets) {}

  private final MappedFile file;
  private final Map<String, String> metadata = new TreeMap<>();
  private final Map<String, Described> tensors = new TreeMap<>();

  private SafetensorsJson(MappedFile file) {
    this.file = file;
  }

  /**
   * Reads the JSON.
   *
   * @param file whose header it is, for messages
   */
  static SafetensorsJson parse(MappedFile file, byte[] json) {
    SafetensorsJson header = new SafetensorsJson(file);
    try (JsonParser parser =
        JSON.createParser(
            new InputStreamReader(
                new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder()))) {
      header.read(parser);
    } catch (JsonProcessingException e) {
      String why = Text.oneLine(e.getOriginalMessage());
      throw new BadInputException(file.path() + ": its header is not valid JSON: " + why, e);
    } catch (IOException e) {
      throw new BadInputException(file.path() + ": its header is not UTF-8", e);
    }
    return header;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  Map<String, Described> tensors() {
    return tensors;
  }

  private void read(JsonParser parser) throws IOException {
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = unicode(parser.currentName());
      parser.nextToken();
      if (name.equals(METADATA)) {
        readMetadata(parser);
      } else {
        tensors.put(name, readTensor(parser, name));
      }
      requireFewer(tensors.size(), "tensors");
    }
    if (parser.nextToken() != null) {
      throw file.bad("something follows the JSON object in its header");
    }
  }

  private void readMetadata(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw file.bad("its " + METADATA + " is not an object of texts");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = unicode(parser.currentName());
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        throw file.bad("its metadata " + Text.quote(key) + " is not a text");
      }
      metadata.put(key, unicode(parser.getText()));
      requireFewer(metadata.size(), "metadata entries");
    }
  }

  private Described readTensor(JsonParser parser, String name) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw bad(name, "is described by no object of dtype, shape and data_offsets");
    }
    String dtype = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "dtype" -> dtype = text(parser, name);
        case "shape" -> shape = counts(parser, name, field, Shape.MAX_RANK);
        case "data_offsets" -> offsets = counts(parser, name, field, 2);
        default -> throw bad(name, "has an unknown field " + Text.quote(field));
      }
    }
    if (dtype == null || shape == null || offsets == null) {
      throw bad(name, "lacks its dtype, shape or data_offsets");
    }
    return new Described(dtype, shape, offsets);
  }

  private String text(JsonParser parser, String name) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw bad(name, "has a dtype that is not a text");
    }
    return parser.getText();
  }

  private List<Long> counts(JsonParser parser, String name, String field, int most)
      throws IOException {
    List<Long> values = new ArrayList<>();
    boolean sound = parser.currentToken() == JsonToken.START_ARRAY;
    while (sound && parser.nextToken() != JsonToken.END_ARRAY) {
      sound =
          parser.currentToken() == JsonToken.VALUE_NUMBER_INT
              && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
              && parser.getLongValue() >= 0
              && values.size() < most;
      if (sound) {
        values.add(parser.getLongValue());
      }
    }
    if (!sound) {
      throw bad(
          name, "has " + field + " that is not a list of at most " + most + " whole numbers >= 0");
    }
    return values;
  }

  private String unicode(String text) {
    if (!Text.isUnicode(text)) {
      throw file.bad("its header holds half a surrogate pair in " + Text.quote(text));
    }
    return text;
  }

  private void requireFewer(int count, String what) {
    if (count > MAX_ENTRIES) {
      throw file.bad("has more than " + MAX_ENTRIES + " " + what);
    }
  }

  private BadInputException bad(String name, String message) {
    return file.bad("tensor " + Text.quote(name) + " " + message);
  }
}
