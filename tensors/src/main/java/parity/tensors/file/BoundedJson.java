package parity.tensors.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import parity.tensors.BadInputException;
import parity.tensors.Text;

/**
 * A parser that knows how deep it is and in which field. jackson has limits of its own, but what it
 * throws there names neither place nor value; so they are off, and the same limits are kept here.
 */
final class BoundedJson extends JsonParserDelegate {
  /** For the parser below: it recurses nowhere, and what it reads is in memory. */
  static final StreamReadConstraints UNBOUNDED =
      StreamReadConstraints.builder()
          .maxNestingDepth(Integer.MAX_VALUE)
          .maxNumberLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .maxStringLength(Integer.MAX_VALUE)
          .build();

  private static final int MAX_DEPTH = 1000;
  private static final int MAX_DIGITS = 1000;

  private final Path file;
  private final String expected;
  private final byte[] bytes;
  private int depth;
  private String field = "";
  private int start;

  /** The parser that reads the bytes of a file. */
  BoundedJson(Path file, String expected, byte[] bytes, JsonFactory json) throws IOException {
    super(json.createParser(bytes));
    this.file = file;
    this.expected = expected;
    this.bytes = bytes;
  }

  @Override
  public JsonToken nextToken() throws IOException {
    JsonToken token = super.nextToken();
    if (token == null) {
      return token;
    }
    if (depth == 1 && token == JsonToken.FIELD_NAME) {
      field = currentName();
    } else if (depth == 1) {
      start = offset();
    }
    if (token.isStructStart() && ++depth > MAX_DEPTH) {
      throw beyond("nested deeper than " + MAX_DEPTH);
    }
    if (token.isStructEnd()) {
      depth--;
    }
    if (token.isNumeric() && getTextLength() > MAX_DIGITS) {
      throw beyond("a number of more than " + MAX_DIGITS + " digits");
    }
    return token;
  }

  @Override
  public JsonParser skipChildren() throws IOException {
    if (currentToken() == JsonToken.START_OBJECT || currentToken() == JsonToken.START_ARRAY) {
      int outside = depth - 1;
      while (depth > outside && nextToken() != null) {
        // Each token is checked.
      }
    }
    return this;
  }

  /** Steps over the object or list that it stands on, and returns it as it is written. */
  String skipped() throws IOException {
    int first = offset();
    skipChildren();
    return written(first, offset() + 1);
  }

  private int offset() {
    return Math.toIntExact(delegate.currentTokenLocation().getByteOffset());
  }

  private String written(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private BadInputException beyond(String what) {
    String value = written(start, Math.min(bytes.length, start + Text.LONGEST + 1));
    return new BadInputException(
        "%s: %s is %s, %s: expected %s"
            .formatted(file, Text.shown(field), Text.shown(value), what, expected));
  }
}
