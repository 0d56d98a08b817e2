package parity.tensors;

import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads safetensors files: eight bytes of length, a JSON header, and tensors one after another.
 *
 * <p>The file is mapped, not read. The whole header is validated when it is opened: every byte
 * after it belongs to exactly one tensor.
 */
public final class Safetensors extends MappedTensors {
  static final String EXPECTED = "a safetensors file";

  private Safetensors(MappedFile file, SafetensorsHeader header, SortedMap<String, Entry> entries) {
    super(file, entries, header.metadata());
  }

  /**
   * Opens a safetensors file.
   *
   * @throws BadInput if it is not one, or anything about it is wrong
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
    header
        .places()
        .forEach((name, place) ->
            entries.put(
                name,
                new Entry(
                    place.info(),
                    () ->
                        file.bytes()
                            .asSlice(
                                header.dataStart() + place.begin(), place.end() - place.begin()))));
    return new Safetensors(file, header, entries);
  }
}
