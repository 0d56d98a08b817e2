package parity.tensors.format;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parity.tensors.DType;
import parity.tensors.Text;

/**
 * What the elements of a NumPy array are, told from its {@code descr}.
 *
 * @param dtype empty where they are not read
 * @param kind what they are, for people
 * @param descr how NumPy has it; equal for two types exactly if they are the same
 * @param width bytes of one element; empty where it is not known, or elements are pickled
 * @param swapped whether numbers stand with their highest byte first
 * @param pickled whether the bytes are a pickle, of any length
 */
record NpyType(
    Optional<DType> dtype,
    String kind,
    String descr,
    OptionalLong width,
    boolean swapped,
    boolean pickled) {
  private static final Pattern PLAIN = Pattern.compile("([<>|=]?)([a-zA-Z?])(\\d{0,9})(\\[.*\\])?");

  /** Four bytes a character. */
  private static final int UNICODE = 4;

  private static final int MAX_FIELDS_DEPTH = 32;

  /** Of a {@code descr} as {@link PythonLiteral} has it. */
  static NpyType of(Object descr) {
    if (descr instanceof String text) {
      Matcher plain = PLAIN.matcher(text);
      return plain.matches()
          ? plain(text, plain)
          : unread("elements of type " + Text.quote(text), text, OptionalLong.empty());
    }
    String kind =
        descr instanceof List<?> list ? "records of " + list.size() + " fields" : "records";
    return unread(kind, descr.toString(), fields(descr, 0));
  }

  private static NpyType plain(String text, Matcher plain) {
    boolean big = plain.group(1).equals(">");
    String type = plain.group(2) + plain.group(3);
    return switch (type) {
      case "f8", "d" -> read(text, DType.F64, big);
      case "f4", "f" -> read(text, DType.F32, big);
      case "f2", "e" -> read(text, DType.F16, big);
      case "i8" -> read(text, DType.I64, big);
      case "i4" -> read(text, DType.I32, big);
      case "i2" -> read(text, DType.I16, big);
      case "i1" -> read(text, DType.I8, big);
      case "u8" -> read(text, DType.U64, big);
      case "u4" -> read(text, DType.U32, big);
      case "u2" -> read(text, DType.U16, big);
      case "u1" -> read(text, DType.U8, big);
      case "b1", "?" -> read(text, DType.BOOL, big);
      case "c16" -> read(text, DType.C128, big);
      case "c8" -> read(text, DType.C64, big);
      // How NumPy writes the bfloat16 of ml_dtypes, which it does not know.
      case "V2" -> read(text, DType.BF16, big);
      default -> other(text, plain.group(2).charAt(0), plain.group(3));
    };
  }

  private static NpyType other(String text, char sort, String digits) {
    if (sort == 'O') {
      return new NpyType(
          Optional.empty(), "Python objects", text, OptionalLong.empty(), false, true);
    }
    if (digits.isEmpty()) {
      return unread("elements of type " + Text.quote(text), text, OptionalLong.empty());
    }
    long size = Long.parseLong(digits);
    return switch (sort) {
      case 'U' -> unread("text of " + size + " characters", text, OptionalLong.of(size * UNICODE));
      case 'S', 'a' -> unread("text of " + size + " bytes", text, OptionalLong.of(size));
      case 'V' -> unread(size + " bytes of no known type", text, OptionalLong.of(size));
      case 'M' -> unread("dates " + Text.quote(text), text, OptionalLong.of(size));
      case 'm' -> unread("durations " + Text.quote(text), text, OptionalLong.of(size));
      case 'f' -> unread("floats of " + size + " bytes", text, OptionalLong.of(size));
      case 'c' -> unread("complex numbers of " + size + " bytes", text, OptionalLong.of(size));
      default -> unread("elements of type " + Text.quote(text), text, OptionalLong.of(size));
    };
  }

  private static NpyType read(String descr, DType dtype, boolean big) {
    return new NpyType(
        Optional.of(dtype),
        dtype.name(),
        descr,
        OptionalLong.of(dtype.bytes()),
        big && dtype.bytes() > 1,
        false);
  }

  private static NpyType unread(String kind, String descr, OptionalLong width) {
    return new NpyType(Optional.empty(), kind, descr, width, false, false);
  }

  /** The bytes of a record: {@code [(name, descr), (name, descr, shape), ...]}. */
  private static OptionalLong fields(Object descr, int depth) {
    if (!(descr instanceof List<?> fields) || depth > MAX_FIELDS_DEPTH) {
      return OptionalLong.empty();
    }
    long sum = 0;
    for (Object field : fields) {
      OptionalLong width =
          field instanceof PythonLiteral.Grouped(List<Object> parts)
              ? field(parts, depth)
              : OptionalLong.empty();
      if (width.isEmpty() || width.getAsLong() > Integer.MAX_VALUE) {
        return OptionalLong.empty();
      }
      sum += width.getAsLong();
    }
    return OptionalLong.of(sum);
  }

  private static OptionalLong field(List<Object> parts, int depth) {
    if (parts.size() < 2) {
      return OptionalLong.empty();
    }
    OptionalLong width =
        parts.get(1) instanceof String text ? of(text).width() : fields(parts.get(1), depth + 1);
    long times = 1;
    if (parts.size() > 2 && parts.get(2) instanceof PythonLiteral.Grouped(List<Object> dims)) {
      for (Object dim : dims) {
        if (!(dim instanceof Long size) || size < 0 || size > Integer.MAX_VALUE) {
          return OptionalLong.empty();
        }
        times = Math.min(times * size, Integer.MAX_VALUE);
      }
    } else if (parts.size() > 2 && parts.get(2) instanceof Long size && size >= 0) {
      times = Math.min(size, Integer.MAX_VALUE);
    }
    long all = times;
    return width.isPresent() ? OptionalLong.of(width.getAsLong() * all) : width;
  }
}
