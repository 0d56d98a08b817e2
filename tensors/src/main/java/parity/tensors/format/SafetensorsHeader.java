package parity.tensors.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Little;
import parity.tensors.Shape;
import parity.tensors.Text;
import parity.tensors.file.MappedFile;

/**
 * The validated header of a safetensors file.
 *
 * @param dataStart where in the file the tensors begin
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Place> places, long dataStart) {
  /** As in the format's own reader. */
  static final long MAX_LENGTH = 100_000_000;

  /** All but the one that the format does not have. */
  static final Map<String, DType> DTYPES =
      Arrays.stream(DType.values())
          .filter(dtype -> dtype != DType.C128)
          .collect(Collectors.toUnmodifiableMap(DType::name, d -> d));

  /** Bits of an element of the types that the format has and that are not read here. */
  private static final Map<String, Integer> BITS_OF_OTHERS =
      Map.of("F4", 4, "F6_E2M3", 6, "F6_E3M2", 6, "F8_E4M3FNUZ", 8, "F8_E5M2FNUZ", 8);

  /**
   * Where a tensor stands.
   *
   * @param type as the file calls it
   * @param dtype empty where its elements are not read
   * @param begin in bytes from {@code dataStart}
   * @param end exclusive
   */
  record Place(String type, Optional<DType> dtype, Shape shape, long begin, long end) {}

  static SafetensorsHeader read(MappedFile file) {
    SafetensorsJson json = SafetensorsJson.parse(file, jsonBytes(file));
    long dataStart = Long.BYTES + file.bytes().get(Little.LONG, 0);
    long available = file.size() - dataStart;
    Map<String, Place> places = new TreeMap<>();
    json.tensors()
        .forEach((name, described) -> places.put(name, place(file, name, described, available)));
    requireFullCover(file, places, available);
    return new SafetensorsHeader(json.metadata(), places, dataStart);
  }

  private static byte[] jsonBytes(MappedFile file) {
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
    return json;
  }

  private static Place place(
      MappedFile file, String name, SafetensorsJson.Described tensor, long available) {
    List<Long> offsets = tensor.offsets();
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
      throw bad(file, name, "has data_offsets " + offsets + ", not [begin, end]");
    }
    long begin = offsets.get(0);
    long end = offsets.get(1);
    if (end > available) {
      throw bad(
          file,
          name,
          "ends at byte "
              + end
              + " of the data, but there are only "
              + available
              + "; the file is cut off");
    }
    Optional<DType> dtype = Optional.ofNullable(DTYPES.get(tensor.dtype()));
    Shape shape = shape(file, name, tensor);
    requireSize(file, name, tensor, shape, dtype);
    return new Place(tensor.dtype(), dtype, shape, begin, end);
  }

  private static Shape shape(MappedFile file, String name, SafetensorsJson.Described tensor) {
    try {
      return Shape.of(tensor.shape().stream().mapToLong(Long::longValue).toArray());
    } catch (IllegalArgumentException e) {
      throw tooLarge(file, name, tensor);
    }
  }

  /** Of a type that nobody knows any number of bytes is right. */
  private static void requireSize(
      MappedFile file,
      String name,
      SafetensorsJson.Described tensor,
      Shape shape,
      Optional<DType> dtype) {
    Integer bits =
        dtype.map(known -> known.bytes() * Byte.SIZE).orElse(BITS_OF_OTHERS.get(tensor.dtype()));
    if (bits == null) {
      return;
    }
    long size;
    try {
      size =
          bits % Byte.SIZE == 0
              ? Math.multiplyExact(shape.elements(), bits / Byte.SIZE)
              : wholeBytes(file, name, tensor, Math.multiplyExact(shape.elements(), bits));
    } catch (ArithmeticException e) {
      throw tooLarge(file, name, tensor);
    }
    long span = tensor.offsets().get(1) - tensor.offsets().get(0);
    if (size != span) {
      throw bad(
          file,
          name,
          "is "
              + tensor.dtype()
              + " "
              + shape
              + ", which takes "
              + size
              + " bytes, but its data_offsets "
              + tensor.offsets()
              + " span "
              + span);
    }
  }

  private static long wholeBytes(
      MappedFile file, String name, SafetensorsJson.Described tensor, long bits) {
    if (bits % Byte.SIZE != 0) {
      throw bad(
          file,
          name,
          "is "
              + tensor.dtype()
              + " "
              + tensor.shape()
              + ", which takes "
              + bits
              + " bits, no whole bytes");
    }
    return bits / Byte.SIZE;
  }

  private static BadInputException tooLarge(
      MappedFile file, String name, SafetensorsJson.Described tensor) {
    return bad(file, name, "has the shape " + tensor.shape() + ", too large to count");
  }

  /** Every byte of the data belongs to one tensor: nothing hides in it and nothing is shared. */
  private static void requireFullCover(MappedFile file, Map<String, Place> places, long available) {
    List<Map.Entry<String, Place>> ordered = new ArrayList<>(places.entrySet());
    ordered.sort(
        Map.Entry.comparingByValue(
            Comparator.comparingLong(Place::begin).thenComparingLong(Place::end)));
    long at = 0;
    String before = "";
    for (Map.Entry<String, Place> entry : ordered) {
      long begin = entry.getValue().begin();
      if (begin < at) {
        throw bad(file, entry.getKey(), "overlaps the tensor " + Text.quote(before));
      }
      if (begin > at) {
        throw bad(
            file, entry.getKey(), "has " + (begin - at) + " bytes before it that are nobody's");
      }
      at = entry.getValue().end();
      before = entry.getKey();
    }
    if (at < available) {
      throw file.bad("has " + (available - at) + " bytes after its last tensor that are nobody's");
    }
  }

  private static BadInputException bad(MappedFile file, String name, String message) {
    return file.bad("tensor " + Text.quote(name) + " " + message);
  }
}
