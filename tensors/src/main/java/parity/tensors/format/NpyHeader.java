package parity.tensors.format;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import parity.tensors.BadInputException;
import parity.tensors.Little;
import parity.tensors.Shape;
import parity.tensors.Text;
import parity.tensors.format.PythonLiteral.Grouped;

/**
 * The header of one array as NumPy writes it (numpy/lib/format.py, versions 1 to 3): a magic, a
 * version, a length, and a Python dict in text.
 *
 * @param columnMajor whether the first axis runs fastest ({@code fortran_order})
 * @param dataStart how many bytes stand before the elements
 */
record NpyHeader(NpyType type, Shape shape, boolean columnMajor, long dataStart) {
  static final int[] MAGIC = {0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy itself reads no more than 10,000. */
  private static final long MAX_LENGTH = 1 << 16;

  /** Magic and version; then the length, of 2 bytes in version 1 and 4 from version 2 on. */
  private static final int FIXED = 8;

  /** What is UTF-8 from this version on, and Latin-1 before. */
  private static final int UTF8_VERSION = 3;

  private static final String DESCR = "descr";
  private static final String ORDER = "fortran_order";
  private static final String SHAPE = "shape";

  /**
   * Reads the header of an array and checks that its elements fill the bytes after it.
   *
   * @param error makes an error of what is wrong with this array
   */
  static NpyHeader read(MemorySegment array, Function<String, BadInputException> error) {
    if (array.byteSize() < FIXED + Integer.BYTES || !Little.startsWith(array, MAGIC)) {
      throw error.apply("is not a NumPy array: it does not begin with \\x93NUMPY");
    }
    int version = array.get(Little.BYTE, MAGIC.length);
    if (version < 1 || version > UTF8_VERSION) {
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
    byte[] bytes = array.asSlice(start, length).toArray(Little.BYTE);
    String text =
        new String(
            bytes, version == UTF8_VERSION ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    NpyHeader header = parse(text.strip(), start + length, error);
    header.requireSize(array.byteSize() - header.dataStart, error);
    return header;
  }

  private void requireSize(long found, Function<String, BadInputException> error) {
    if (type.pickled()) {
      return;
    }
    if (type.width().isEmpty()) {
      if (shape.elements() == 0 ? found != 0 : found % shape.elements() != 0) {
        throw error.apply(
            "is " + type.kind() + " " + shape + ", but has " + found + " bytes, no multiple of it");
      }
      return;
    }
    long expected;
    try {
      expected = Math.multiplyExact(shape.elements(), type.width().getAsLong());
    } catch (ArithmeticException e) {
      throw error.apply("has the shape " + shape + ", too large to count");
    }
    if (expected != found) {
      throw error.apply(
          "is "
              + type.kind()
              + " "
              + shape
              + ", which takes "
              + expected
              + " bytes, but has "
              + found);
    }
  }

  private static NpyHeader parse(
      String text, long dataStart, Function<String, BadInputException> error) {
    if (PythonLiteral.parse(text).orElse("") instanceof Map<?, ?> items
        && items.keySet().equals(Set.of(DESCR, ORDER, SHAPE))
        && items.get(ORDER) instanceof Boolean columnMajor) {
      Object descr = items.get(DESCR);
      Object shape = items.get(SHAPE);
      if (descr != null && shape != null) {
        return new NpyHeader(NpyType.of(descr), shape(shape, text, error), columnMajor, dataStart);
      }
    }
    throw error.apply(
        "has the header "
            + Text.quote(text)
            + "; expected a dict of descr, fortran_order and shape");
  }

  private static Shape shape(Object shape, String text, Function<String, BadInputException> error) {
    if (shape instanceof Grouped(List<Object> items)
        && items.stream().allMatch(item -> item instanceof Long size && size >= 0)) {
      try {
        return Shape.of(items.stream().mapToLong(item -> (Long) item).toArray());
      } catch (IllegalArgumentException e) {
        throw error.apply("cannot be: " + e.getMessage());
      }
    }
    throw error.apply("has a shape that is no tuple of sizes, in " + Text.quote(text));
  }
}
