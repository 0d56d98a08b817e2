package parity.tensors;

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
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The validated header of a safetensors file.
 *
 * @param dataStart where in the file the tensors begin
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Place> places, long dataStart) {
  /** As in the format's own reader. */
  static final long MAX_LENGTH = 100_000_000;

  /** Far more than any model has, and few enough for a small heap. */
  static final int MAX_ENTRIES = 100_000;

  static final String METADATA = "__metadata__";

  /** Where a tensor stands, in bytes from {@code dataStart}; the end is exclusive. */
  record Place(TensorInfo info, long begin, long end) {}

  static SafetensorsHeader read(MappedFile file) {
    if (file.size() < Long.BYTES) {
      throw file.bad(
          "is cut off after " + file.size() + " bytes; a safetensors file begins with 8 of length");
    }
    long length = file.bytes().get(Little.LONG, 0);
    if (length < 0 || length > MAX_LENGTH) {
      throw file.bad(
          "gives its header "
              + Long.toUnsignedString(length)
              + " bytes; a safetensors header has at most "
              + MAX_LENGTH
              + ", so this is something else");
    }
    if (length > file.size() - Long.BYTES) {
      throw file.bad(
          "gives its header "
              + length
              + " bytes, but only "
              + (file.size() - Long.BYTES)
              + " follow; it is cut off or not a safetensors file");
    }
    byte[] json = file.bytes().asSlice(Long.BYTES, length).toArray(Little.BYTE);
    if (length == 0 || json[0] != '{') {
      throw file.bad("its header does not begin with '{'; it is not a safetensors file");
    }
    Reader reader = new Reader(file, Long.BYTES + length);
    reader.parse(json);
    reader.requireFullCover();
    return new SafetensorsHeader(
        Collections.unmodifiableMap(reader.metadata),
        Collections.unmodifiableMap(reader.places),
        reader.dataStart);
  }

  private static final class Reader {
    private static final JsonFactory JSON =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final MappedFile file;
    private final long dataStart;
    private final Map<String, String> metadata = new TreeMap<>();
    private final Map<String, Place> places = new TreeMap<>();

    Reader(MappedFile file, long dataStart) {
      this.file = file;
      this.dataStart = dataStart;
    }

    void parse(byte[] json) {
      try (JsonParser parser =
          JSON.createParser(
              new InputStreamReader(
                  new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder()))) {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = unicode(parser.currentName());
          parser.nextToken();
          if (name.equals(METADATA)) {
            readMetadata(parser);
          } else {
            places.put(name, readPlace(parser, name));
          }
          requireFewer(places.size(), "tensors");
        }
        if (parser.nextToken() != null) {
          throw file.bad("something follows the JSON object in its header");
        }
      } catch (JsonProcessingException e) {
        throw new BadInput(
            file.path()
                + ": its header is not valid JSON: "
                + e.getOriginalMessage().replaceAll("\\s+", " "),
            e);
      } catch (IOException e) {
        throw new BadInput(file.path() + ": its header is not UTF-8", e);
      }
    }

    private void readMetadata(JsonParser parser) throws IOException {
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

    private Place readPlace(JsonParser parser, String name) throws IOException {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw bad(name, "is described by no object of dtype, shape and data_offsets");
      }
      String dtype = "";
      long[] dims = null;
      long[] offsets = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "dtype" -> dtype = text(parser, name);
          case "shape" -> dims = counts(parser, name, field, Shape.MAX_RANK);
          case "data_offsets" -> offsets = counts(parser, name, field, 2);
          default -> throw bad(name, "has an unknown field " + Text.quote(field));
        }
      }
      if (dtype.isEmpty() || dims == null || offsets == null) {
        throw bad(name, "lacks its dtype, shape or data_offsets");
      }
      return place(name, dtype, dims, offsets);
    }

    private Place place(String name, String dtypeName, long[] dims, long[] offsets) {
      DType dtype =
          Arrays.stream(DType.values())
              .filter(d -> d.name().equals(dtypeName))
              .findFirst()
              .orElseThrow(() ->
                  bad(
                      name,
                      "has the dtype "
                          + Text.quote(dtypeName)
                          + "; known are "
                          + Arrays.toString(DType.values())));
      if (offsets.length != 2 || offsets[0] > offsets[1]) {
        throw bad(name, "has data_offsets " + Arrays.toString(offsets) + ", not [begin, end]");
      }
      long available = file.size() - dataStart;
      if (offsets[1] > available) {
        throw bad(
            name,
            "ends at byte "
                + offsets[1]
                + " of the data, but there are only "
                + available
                + "; the file is cut off");
      }
      Shape shape;
      long size;
      try {
        shape = Shape.of(dims);
        size = Math.multiplyExact(shape.elements(), dtype.bytes());
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw bad(name, "has the shape " + Arrays.toString(dims) + ", too large to count");
      }
      if (size != offsets[1] - offsets[0]) {
        throw bad(
            name,
            "is "
                + dtype
                + " "
                + shape
                + ", which takes "
                + size
                + " bytes, but its data_offsets "
                + Arrays.toString(offsets)
                + " span "
                + (offsets[1] - offsets[0]));
      }
      return new Place(new TensorInfo(dtype, shape), offsets[0], offsets[1]);
    }

    /** Every byte of the data belongs to one tensor: nothing hides in it and nothing is shared. */
    void requireFullCover() {
      List<Map.Entry<String, Place>> ordered = new ArrayList<>(places.entrySet());
      ordered.sort(
          Map.Entry.comparingByValue(
              Comparator.comparingLong(Place::begin).thenComparingLong(Place::end)));
      long at = 0;
      String before = "";
      for (Map.Entry<String, Place> entry : ordered) {
        long begin = entry.getValue().begin();
        if (begin < at) {
          throw bad(entry.getKey(), "overlaps the tensor " + Text.quote(before));
        }
        if (begin > at) {
          throw bad(entry.getKey(), "has " + (begin - at) + " bytes before it that are nobody's");
        }
        at = entry.getValue().end();
        before = entry.getKey();
      }
      long left = file.size() - dataStart - at;
      if (left > 0) {
        throw file.bad("has " + left + " bytes after its last tensor that are nobody's");
      }
    }

    private String text(JsonParser parser, String name) throws IOException {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        throw bad(name, "has a dtype that is not a text");
      }
      return parser.getText();
    }

    private long[] counts(JsonParser parser, String name, String field, int most)
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
            name,
            "has " + field + " that is not a list of at most " + most + " whole numbers >= 0");
      }
      return values.stream().mapToLong(Long::longValue).toArray();
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

    private BadInput bad(String name, String message) {
      return file.bad("tensor " + Text.quote(name) + " " + message);
    }
  }
}
