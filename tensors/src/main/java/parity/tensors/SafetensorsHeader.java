package parity.tensors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The validated header of a safetensors file.
 *
 * @param dataStart where in the file the tensors begin
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Place> places, long dataStart) {
  /** As in the format's own reader. */
  static final long MAX_LENGTH = 100_000_000;

  private static final Map<String, DType> DTYPES =
      Arrays.stream(DType.values()).collect(Collectors.toUnmodifiableMap(DType::name, d -> d));

  /** Where a tensor stands, in bytes from {@code dataStart}; the end is exclusive. */
  record Place(TensorInfo info, long begin, long end) {}

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
    DType dtype = DTYPES.get(tensor.dtype());
    if (dtype == null) {
      throw bad(
          file,
          name,
          "has the dtype "
              + Text.quote(tensor.dtype())
              + "; known are "
              + Arrays.toString(DType.values()));
    }
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
    Shape shape;
    long size;
    try {
      shape = Shape.of(tensor.shape().stream().mapToLong(Long::longValue).toArray());
      size = Math.multiplyExact(shape.elements(), dtype.bytes());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw bad(file, name, "has the shape " + tensor.shape() + ", too large to count");
    }
    if (size != end - begin) {
      throw bad(
          file,
          name,
          "is "
              + dtype
              + " "
              + shape
              + ", which takes "
              + size
              + " bytes, but its data_offsets "
              + offsets
              + " span "
              + (end - begin));
    }
    return new Place(new TensorInfo(dtype, shape), begin, end);
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

  private static BadInput bad(MappedFile file, String name, String message) {
    return file.bad("tensor " + Text.quote(name) + " " + message);
  }
}
