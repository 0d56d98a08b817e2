package parity.tensors;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import parity.tensors.PickleValue.Dict;
import parity.tensors.PickleValue.TorchTensor;

/**
 * Reads what {@code torch.save(model.state_dict(), path)} wrote: a zip file of one pickle and a
 * stored member for each storage. The pickle is read as data and never executed ({@link Pickle}).
 *
 * <p>Tensors are used in place in the mapped file. One whose elements do not stand one after
 * another is copied off the heap when it is first asked for. What is no tensor (counters, versions,
 * {@code _metadata}) is passed over.
 */
public final class Checkpoint extends MappedTensors {
  static final String EXPECTED = "a PyTorch checkpoint (.pt or .bin)";

  /** How PyTorch began a file before 1.6: a protocol-2 pickle of its magic number. */
  private static final int[] LEGACY = {0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a};

  private final Map<String, FileSlice> slices;
  private final SortedMap<String, String> others;
  private final CheckpointArchive archive;
  private final String fingerprint;

  private Checkpoint(
      CheckpointArchive archive,
      SortedMap<String, Entry> entries,
      Map<String, FileSlice> slices,
      SortedMap<String, String> others) {
    super(archive.file(), entries, Map.of());
    this.slices = slices;
    this.others = others;
    this.archive = archive;
    this.fingerprint = archive.fingerprint();
  }

  /**
   * Opens a checkpoint. Only the zip directory and the pickle are read.
   *
   * @throws BadInput if it is not one, asks for code to be run, or anything about it is wrong
   */
  public static Checkpoint open(Path path) {
    return MappedFile.open(path, EXPECTED, Checkpoint::read);
  }

  /**
   * Where a tensor's bytes stand in the file, row-major and without gaps; nothing where they are
   * strided.
   *
   * @throws BadInput if there is no such tensor
   */
  public Optional<FileSlice> slice(String name) {
    if (!contains(name)) {
      throw missing(name);
    }
    return Optional.ofNullable(slices.get(name));
  }

  /** Names in the file under which no tensor stands, and what stands there instead. */
  public SortedMap<String, String> others() {
    return Collections.unmodifiableSortedMap(others);
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
   * @throws BadInput if members overlap
   */
  public List<String> verify(ObjIntConsumer<byte[]> also) {
    return ZipSums.check(archive.file(), archive.members().values(), also);
  }

  /**
   * 64 hexadecimal digits that two files have in common if they hold the same tensors, told from
   * sizes and checksums in the zip directory: no tensor is read for it.
   */
  public String fingerprint() {
    return fingerprint;
  }

  static boolean isLegacy(MappedFile file) {
    return file.startsWith(LEGACY);
  }

  static Checkpoint read(MappedFile file) {
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

  static Checkpoint read(MappedFile file, Map<String, ZipDirectory.Member> members) {
    CheckpointArchive archive = CheckpointArchive.of(file, members);
    PickleValue value = Pickle.read(file, archive.bytes(archive.get(CheckpointArchive.PICKLE)));
    if (!(value instanceof Dict state)) {
      throw file.bad("holds no state_dict (a dict of tensors by name) but " + value.kind());
    }
    return new Reader(archive).checkpoint(state);
  }

  private static final class Reader {
    private final CheckpointArchive archive;
    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private final Map<String, FileSlice> slices = new HashMap<>();
    private final TreeMap<String, String> others = new TreeMap<>();

    Reader(CheckpointArchive archive) {
      this.archive = archive;
    }

    Checkpoint checkpoint(Dict state) {
      if (state.others().stream().anyMatch(TorchTensor.class::isInstance)) {
        throw archive.file().bad("holds a tensor under a key that is not a text");
      }
      state
          .named()
          .forEach((name, value) -> {
            if (value instanceof TorchTensor tensor) {
              add(name, tensor);
            } else {
              others.put(name, value.kind());
            }
          });
      List<String> nested =
          state.named().keySet().stream()
              .filter(k -> state.named().get(k) instanceof Dict)
              .toList();
      if (entries.isEmpty() && !nested.isEmpty()) {
        throw archive
            .file()
            .bad(
                "holds no tensor itself, only dicts: "
                    + Text.quote(String.join(", ", nested))
                    + "; save the one that is the state_dict alone");
      }
      state.others().forEach(value -> others.put("(a key that is no text)", value.kind()));
      return new Checkpoint(archive, entries, slices, others);
    }

    private void add(String name, TorchTensor tensor) {
      StridedView view = tensor.view();
      int width = tensor.storage().dtype().bytes();
      FileSlice storage = archive.get("data/" + tensor.storage().key());
      requireFit(name, tensor, storage.length());
      TensorInfo info = new TensorInfo(tensor.storage().dtype(), view.shape());
      if (view.isContiguous()) {
        FileSlice slice =
            new FileSlice(
                storage.file(),
                storage.offset() + view.offset() * width,
                view.shape().elements() * width);
        slices.put(name, slice);
        entries.put(name, new Entry(info, () -> archive.bytes(slice)));
      } else {
        entries.put(name, new Entry(info, () -> copy(name, view, archive.bytes(storage), width)));
      }
    }

    private MemorySegment copy(String name, StridedView view, MemorySegment storage, int width) {
      MemorySegment copy =
          archive.file().allocate(view.shape().elements() * width, "tensor " + Text.quote(name));
      view.copy(storage, copy, width);
      return copy;
    }

    private void requireFit(String name, TorchTensor tensor, long bytes) {
      StridedView view = tensor.view();
      long elements = tensor.storage().elements();
      int width = tensor.storage().dtype().bytes();
      if (bytes % width != 0 || bytes / width != elements) {
        throw bad(
            name,
            "is on a storage of "
                + elements
                + " "
                + tensor.storage().dtype()
                + ", but its member has "
                + bytes
                + " bytes");
      }
      long reach;
      try {
        reach = view.reach();
        Math.multiplyExact(view.shape().elements(), width);
      } catch (ArithmeticException e) {
        reach = Long.MAX_VALUE;
      }
      if (reach > elements) {
        throw bad(
            name,
            view.shape()
                + " with offset "
                + view.offset()
                + " and strides "
                + view.strides()
                + " reaches past its storage of "
                + elements
                + " elements");
      }
    }

    private BadInput bad(String name, String message) {
      return archive.file().bad("tensor " + Text.quote(name) + " " + message);
    }
  }
}
