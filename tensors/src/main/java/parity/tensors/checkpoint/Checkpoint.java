package parity.tensors.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import parity.tensors.BadInputException;
import parity.tensors.file.FileSlice;
import parity.tensors.file.MappedFile;
import parity.tensors.file.MappedTensors;
import parity.tensors.pickle.Pickle;
import parity.tensors.pickle.PickleText;
import parity.tensors.pickle.PickleValue;
import parity.tensors.pickle.PickleValue.Dict;
import parity.tensors.pickle.PickleValue.Str;
import parity.tensors.pickle.PickleValue.TorchTensor;
import parity.tensors.zip.ZipDirectory;
import parity.tensors.zip.ZipSums;

/**
 * Reads what {@code torch.save(value, path)} wrote: a zip file of one pickle and a stored member
 * for each storage. The pickle is read as data and never executed ({@link Pickle}).
 *
 * <p>What is in it has its path as its name ({@link CheckpointTree}): a state_dict's tensors their
 * own, {@code model.weight} one in a dict in a dict, {@code layers.0} one in a list; a tensor that
 * was saved alone is called {@code tensor}. What is no tensor of a known type is among {@link
 * #others}.
 *
 * <p>Tensors are used in place in the mapped file. One whose elements do not stand one after
 * another, or whose signs are to be turned, is copied off the heap when it is first asked for.
 */
public final class Checkpoint extends MappedTensors {
  public static final String EXPECTED = "a PyTorch checkpoint (.pt or .bin)";

  /** How PyTorch began a file before 1.6: a protocol-2 pickle of its magic number. */
  private static final int[] LEGACY = {0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a};

  private final CheckpointArchive archive;
  private final PickleValue root;
  private final Map<String, FileSlice> slices;
  private final String fingerprint;

  private Checkpoint(CheckpointArchive archive, PickleValue root, CheckpointReader reader) {
    super(archive.file(), reader.entries(), reader.others(), Map.of());
    this.archive = archive;
    this.root = root;
    this.slices = reader.slices();
    this.fingerprint = archive.fingerprint();
  }

  /**
   * Opens a checkpoint. Only the zip directory and the pickle are read; whether the storages are
   * damaged is not looked at. {@code TensorFiles} does.
   *
   * @throws BadInputException if it is not one, asks for code to be run, or anything about it is
   *     wrong
   */
  public static Checkpoint open(Path path) {
    return MappedFile.open(path, EXPECTED, Checkpoint::read);
  }

  /**
   * Where a tensor's bytes stand in the file, row-major and without gaps; nothing where they are
   * strided.
   *
   * @throws BadInputException if there is no such tensor
   */
  public Optional<FileSlice> slice(String name) {
    if (!contains(name)) {
      throw missing(name);
    }
    return Optional.ofNullable(slices.get(name));
  }

  /** How many members the zip file has. */
  public int members() {
    return archive.members().size();
  }

  /**
   * Reads all bytes of the file once, in order, and holds each member against its checksum.
   *
   * @param also gets every byte of the file: an array, and how many of its bytes count
   * @return what is wrong, one phrase a member; empty if all is as it was written
   * @throws BadInputException if members overlap
   */
  public List<String> verify(ObjIntConsumer<byte[]> also) {
    return ZipSums.check(archive.file(), archive.members().values(), also);
  }

  /**
   * What a state_dict has under its own keys and is no tensor, each with what it is: a number, a
   * text, a dict of more tensors. Of anything but a dict, the one thing that it is, called {@code
   * value}.
   */
  public SortedMap<String, String> notTensors() {
    if (!(root instanceof Dict dict)) {
      return new TreeMap<>(Map.of(CheckpointTree.VALUE, root.kind()));
    }
    SortedMap<String, String> others = new TreeMap<>();
    for (Dict.Item item : dict.items().values()) {
      String key =
          item.key() instanceof Str(String text)
              ? text
              : PickleText.shown(archive.file(), item.key());
      if (!(item.key() instanceof Str) || !(item.value() instanceof TorchTensor)) {
        others.put(key, item.value().kind());
      }
    }
    return others;
  }

  /**
   * 64 hexadecimal digits that two files have in common if they hold the same tensors, told from
   * sizes and checksums in the zip directory: no tensor is read for it.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /** Whether it is a tensor that was saved alone, and so has no name of its own. */
  @Override
  public boolean isUnnamed() {
    return root instanceof TorchTensor;
  }

  @Override
  public boolean holdsValues() {
    return true;
  }

  public static boolean isLegacy(MappedFile file) {
    return file.startsWith(LEGACY);
  }

  public static Checkpoint read(MappedFile file) {
    if (isLegacy(file)) {
      throw file.bad(
          "is in PyTorch's format from before 1.6; load it there and torch.save it again with the"
              + " default format");
    }
    if (!ZipDirectory.isZip(file)) {
      throw file.bad("is not a zip file; expected " + EXPECTED);
    }
    return read(file, ZipDirectory.read(file));
  }

  public static Checkpoint read(MappedFile file, Map<String, ZipDirectory.Member> members) {
    CheckpointArchive archive = CheckpointArchive.of(file, members);
    PickleValue value = Pickle.read(file, archive.bytes(archive.get(CheckpointArchive.PICKLE)));
    CheckpointReader reader = new CheckpointReader(archive);
    reader.read(value);
    return new Checkpoint(archive, value, reader);
  }
}
