package parity.tensors.format;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import parity.tensors.BadInputException;
import parity.tensors.Little;
import parity.tensors.Other;
import parity.tensors.TensorFile;
import parity.tensors.TensorInfo;
import parity.tensors.Text;
import parity.tensors.file.MappedFile;
import parity.tensors.file.MappedTensors;
import parity.tensors.file.Sha256;

/**
 * Reads safetensors files: eight bytes of length, a JSON header, and tensors one after another.
 *
 * <p>The file is mapped, not read. The whole header is validated when it is opened: every byte
 * after it belongs to exactly one tensor. A tensor of a type that is not read is among {@link
 * #others}.
 */
public final class Safetensors extends MappedTensors {
  static final String EXPECTED = "a safetensors file";

  private Safetensors(
      MappedFile file,
      SafetensorsHeader header,
      SortedMap<String, Entry> entries,
      SequencedMap<String, Other> others) {
    super(file, entries, others, header.metadata());
  }

  /**
   * Opens a safetensors file.
   *
   * @throws BadInputException if it is not one, or anything about it is wrong
   */
  public static TensorFile open(Path path) {
    return MappedFile.open(path, EXPECTED, Safetensors::read);
  }

  /** Whether it begins like one: a length, then the brace of the JSON header. */
  static boolean isSafetensors(MappedFile file) {
    return file.size() > Long.BYTES && file.bytes().get(Little.BYTE, Long.BYTES) == '{';
  }

  static TensorFile read(MappedFile file) {
    SafetensorsHeader header = SafetensorsHeader.read(file);
    SortedMap<String, Entry> entries = new TreeMap<>();
    SequencedMap<String, Other> others = new LinkedHashMap<>();
    header
        .places()
        .forEach((name, place) -> {
          MemorySegment bytes =
              file.bytes().asSlice(header.dataStart() + place.begin(), place.end() - place.begin());
          if (place.dtype().isPresent()) {
            TensorInfo info = new TensorInfo(place.dtype().get(), place.shape());
            entries.put(name, new Entry(info, () -> bytes));
          } else {
            others.put(name, other(place, bytes));
          }
        });
    return new Safetensors(file, header, entries, others);
  }

  private static Other other(SafetensorsHeader.Place place, MemorySegment bytes) {
    String what = place.type() + " " + place.shape();
    return Other.array(
        readable(place.type()), Optional.of(place.shape()), () -> Sha256.of(what, bytes));
  }

  private static String readable(String type) {
    return type.matches("[A-Za-z0-9_]{1,32}") ? type : Text.quote(type);
  }
}
