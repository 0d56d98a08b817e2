package parity.tensors;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of one array as NumPy writes it (numpy/lib/format.py, versions 1 to 3): a magic, a
 * version, a length, and a Python dict in text.
 *
 * @param columnMajor whether the first axis runs fastest ({@code fortran_order})
 * @param dataStart how many bytes stand before the elements
 */
record NpyHeader(DType dtype, Shape shape, boolean columnMajor, long dataStart) {
  static final int[] MAGIC = {0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy itself reads no more than 10,000. */
  private static final long MAX_LENGTH = 1 << 16;

  /** Magic and version; then the length, of 2 bytes in version 1 and 4 from version 2 on. */
  private static final int FIXED = 8;

  /** One {@code 'key': value} and the comma or the brace after it. */
  private static final Pattern ITEM =
      Pattern.compile(
          "\\s*'(\\w+)'\\s*:\\s*('[^']*'|True|False|\\([^()]*\\)|\\[.*\\])\\s*(?:,|(?=\\}))");

  private static final Pattern WHOLE_NUMBERS =
      Pattern.compile("\\(\\s*(?:\\d{1,18}\\s*,\\s*)*+(?:\\d{1,18}\\s*)?\\)");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d+");

  /**
   * Reads the header of an array and checks that its elements fill the bytes after it.
   *
   * @param error makes an error of what is wrong with this array
   */
  static NpyHeader read(MemorySegment array, Function<String, BadInput> error) {
    if (array.byteSize() < FIXED + Integer.BYTES || !Little.startsWith(array, MAGIC)) {
      throw error.apply("is not a NumPy array: it does not begin with \\x93NUMPY");
    }
    int version = array.get(Little.BYTE, MAGIC.length);
    if (version < 1 || version > 3) {
      throw error.apply("is of npy version " + version + "; known are 1, 2 and 3");
    }
    int start = FIXED + (version == 1 ? Short.BYTES : Integer.BYTES);
    long length =
        version == 1
            ? Short.toUnsignedLong(array.get(Little.SHORT, FIXED))
            : Integer.toUnsignedLong(array.get(Little.INT, FIXED));
    if (length > MAX_LENGTH || length > array.byteSize() - start) {
      throw error.apply("gives its header " + length + " bytes, more than there are or may be");
    }
    byte[] text = array.asSlice(start, length).toArray(Little.BYTE);
    NpyHeader header =
        parse(new String(text, StandardCharsets.ISO_8859_1).strip(), start + length, error);
    long expected = header.shape.elements() * header.dtype.bytes();
    if (expected != array.byteSize() - header.dataStart) {
      throw error.apply(
          "is "
              + header.dtype
              + " "
              + header.shape
              + ", which takes "
              + expected
              + " bytes, but has "
              + (array.byteSize() - header.dataStart));
    }
    return header;
  }

  private static NpyHeader parse(String text, long dataStart, Function<String, BadInput> error) {
    Map<String, String> items = new HashMap<>();
    Matcher item = ITEM.matcher(text).region(Math.min(1, text.length()), text.length());
    while (item.lookingAt()) {
      items.put(item.group(1), item.group(2));
      item.region(item.end(), text.length());
    }
    String rest = text.substring(item.regionStart()).strip();
    if (!text.startsWith("{")
        || !rest.equals("}")
        || !items.keySet().equals(Set.of("descr", "fortran_order", "shape"))) {
      throw error.apply(
          "has the header "
              + Text.quote(text)
              + "; expected a dict of descr, fortran_order and shape");
    }
    return new NpyHeader(
        dtype(items.getOrDefault("descr", ""), error),
        shape(items.getOrDefault("shape", ""), error),
        items.containsValue("True"),
        dataStart);
  }

  private static DType dtype(String descr, Function<String, BadInput> error) {
    return switch (descr) {
      case "'<f8'" -> DType.F64;
      case "'<f4'" -> DType.F32;
      case "'<f2'" -> DType.F16;
      case "'<i8'" -> DType.I64;
      case "'<i4'" -> DType.I32;
      case "'<i2'" -> DType.I16;
      case "'|i1'" -> DType.I8;
      case "'|u1'" -> DType.U8;
      case "'|b1'" -> DType.BOOL;
      default -> {
        String why =
            descr.startsWith("'>")
                ? "is big-endian"
                : descr.startsWith("'|O") ? "holds Python objects" : "is of an unknown type";
        throw error.apply(
            why
                + ", "
                + Text.quote(descr)
                + "; known are <f8 <f4 <f2 <i8 <i4 <i2 |i1 |u1 |b1, so convert it with astype");
      }
    };
  }

  private static Shape shape(String tuple, Function<String, BadInput> error) {
    if (WHOLE_NUMBERS.matcher(tuple).matches()) {
      try {
        Shape shape =
            Shape.of(
                WHOLE_NUMBER
                    .matcher(tuple)
                    .results()
                    .mapToLong(number -> Long.parseLong(number.group()))
                    .toArray());
        if (shape.elements() <= Long.MAX_VALUE / Double.BYTES) {
          return shape;
        }
      } catch (IllegalArgumentException e) {
        throw error.apply("cannot be: " + e.getMessage());
      }
    }
    throw error.apply("has the shape " + Text.quote(tuple) + "; expected a tuple of sizes");
  }
}
