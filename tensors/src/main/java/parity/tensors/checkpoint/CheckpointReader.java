package parity.tensors.checkpoint;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Other;
import parity.tensors.Shape;
import parity.tensors.StridedView;
import parity.tensors.TensorInfo;
import parity.tensors.Text;
import parity.tensors.file.FileSlice;
import parity.tensors.file.MappedTensors.Entry;
import parity.tensors.file.Sha256;
import parity.tensors.pickle.PickleText;
import parity.tensors.pickle.PickleValue;
import parity.tensors.pickle.PickleValue.ElementType;
import parity.tensors.pickle.PickleValue.Made;
import parity.tensors.pickle.PickleValue.Storage;
import parity.tensors.pickle.PickleValue.TorchTensor;

/** Makes entries of what a checkpoint's pickle says, and checks each against its storage. */
final class CheckpointReader {
  /**
   * What views that cannot be used in place may take in memory, of one file: this, and {@link
   * #COPIES_OF_FILE} times the file. A view may repeat its elements without end; this is room for
   * the lawful ones.
   */
  static final long COPIES = 256L << 20;

  private static final int COPIES_OF_FILE = 4;

  private final CheckpointArchive archive;
  private final SortedMap<String, Entry> entries = new TreeMap<>();
  private final Map<String, FileSlice> slices = new HashMap<>();
  private final SequencedMap<String, Other> others = new LinkedHashMap<>();
  private long copies;

  CheckpointReader(CheckpointArchive archive) {
    this.archive = archive;
  }

  /** Reads all that is in a value. */
  void read(PickleValue root) {
    CheckpointTree.leaves(archive.file(), root)
        .forEach((name, leaf) -> {
          switch (leaf.value()) {
            case TorchTensor tensor -> add(name, tensor);
            case PickleValue value ->
                others.put(
                    name, leaf.attached() ? value(Other.Role.ATTACHED, value) : other(value));
          }
        });
  }

  /** Tensors, by name. */
  SortedMap<String, Entry> entries() {
    return entries;
  }

  /** Where the tensors stand that are used in place. */
  Map<String, FileSlice> slices() {
    return slices;
  }

  /** What is no tensor of a known type, by name. */
  SequencedMap<String, Other> others() {
    return others;
  }

  private Other other(PickleValue value) {
    return switch (value) {
      case Storage storage -> {
        requireStorage(storage);
        yield Other.array(
            "storage of " + storage.type().name(),
            Optional.of(Shape.of(storage.elements())),
            () -> digest(value));
      }
      case Made made when made.function().makesArray() -> {
        // What it stands on is there, and it is not too much to be compared.
        PickleText.digest(
            archive.file(),
            made,
            storage -> {
              requireStorage(storage);
              return new byte[0];
            });
        yield Other.array(made.function().kind(), Optional.empty(), () -> digest(value));
      }
      default -> value(Other.Role.VALUE, value);
    };
  }

  private Other value(Other.Role role, PickleValue value) {
    return new Other(
        role,
        PickleText.type(value),
        Optional.empty(),
        PickleText.shown(archive.file(), value),
        () -> digest(value));
  }

  private String digest(PickleValue value) {
    return PickleText.digest(
        archive.file(), value, storage -> Sha256.of(archive.bytes(requireStorage(storage))));
  }

  private FileSlice requireStorage(Storage storage) {
    FileSlice slice = archive.get("data/" + storage.key());
    int width = storage.type().width();
    if (slice.length() % width != 0 || slice.length() / width != storage.elements()) {
      throw archive
          .file()
          .bad(
              "has a storage %s of %d %s, but its member has %d bytes"
                  .formatted(
                      Text.quote(storage.key()),
                      storage.elements(),
                      name(storage.type()),
                      slice.length()));
    }
    return slice;
  }

  private void add(String name, TorchTensor tensor) {
    StridedView view = tensor.view();
    int width = tensor.type().width();
    FileSlice storage = requireFit(name, tensor);
    Optional<DType> dtype = tensor.type().dtype();
    boolean unsigned = tensor.negative() && !dtype.map(SignBits::canNegate).orElse(true);
    if (dtype.isEmpty() || unsigned) {
      requireRoom(name, tensor, storage.length());
      String what =
          "%s %s %b %b"
              .formatted(tensor.type().name(), view.shape(), tensor.negative(), tensor.conjugate());
      others.put(
          name,
          Other.array(
              name(tensor.type()) + (unsigned ? " with the negative bit" : ""),
              Optional.of(view.shape()),
              () -> Sha256.of(what, bytes(name, tensor, storage))));
      return;
    }
    TensorInfo info = new TensorInfo(dtype.get(), view.shape());
    if (tensor.conjugate() && !dtype.get().isComplex()) {
      throw bad(
          name, "is " + dtype.get() + " and has the conjugate bit; only complex ones may have it");
    }
    if (view.isContiguous() && !tensor.negative() && !tensor.conjugate()) {
      slices.put(
          name,
          new FileSlice(
              storage.file(),
              storage.offset() + view.offset() * width,
              view.shape().elements() * width));
    } else {
      requireRoom(name, tensor, storage.length());
    }
    entries.put(
        name,
        new Entry(
            info,
            () -> {
              MemorySegment bytes = bytes(name, tensor, storage);
              if (tensor.negative()) {
                SignBits.negate(dtype.get(), bytes);
              }
              if (tensor.conjugate()) {
                SignBits.conjugate(dtype.get(), bytes);
              }
              return bytes;
            }));
  }

  /** The elements row-major: in the file where they stand so, else in a copy. */
  private MemorySegment bytes(String name, TorchTensor tensor, FileSlice slice) {
    StridedView view = tensor.view();
    int width = tensor.type().width();
    MemorySegment storage = archive.bytes(slice);
    long size = view.shape().elements() * width;
    if (!view.isContiguous()) {
      MemorySegment copy = archive.file().allocate(size, "tensor " + Text.quote(name));
      view.copy(storage, copy, width);
      return copy;
    }
    MemorySegment there = storage.asSlice(view.offset() * width, size);
    if (!tensor.negative() && !tensor.conjugate()) {
      return there;
    }
    return archive.file().allocate(size, "tensor " + Text.quote(name)).copyFrom(there);
  }

  /** Refuses at once what would take far more memory than there is in the file. */
  private void requireRoom(String name, TorchTensor tensor, long stored) {
    long size = tensor.view().shape().elements() * tensor.type().width();
    long most = COPIES + COPIES_OF_FILE * archive.file().size();
    if (size > most - copies) {
      throw bad(
          name,
          "%s makes %d bytes of the %d of its storage; what cannot be used in place may take %d in"
                  .formatted(tensor.view().shape(), size, stored, most)
              + " this file, so save it contiguous");
    }
    copies += size;
  }

  private FileSlice requireFit(String name, TorchTensor tensor) {
    StridedView view = tensor.view();
    Storage storage = tensor.storage();
    FileSlice slice = archive.get("data/" + storage.key());
    int width = storage.type().width();
    if (slice.length() % width != 0 || slice.length() / width != storage.elements()) {
      throw bad(
          name,
          "is on a storage of "
              + storage.elements()
              + " "
              + name(storage.type())
              + ", but its member has "
              + slice.length()
              + " bytes");
    }
    long elements = slice.length() / tensor.type().width();
    long reach;
    try {
      reach = view.reach();
      Math.multiplyExact(view.shape().elements(), tensor.type().width());
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
    return slice;
  }

  private static String name(ElementType type) {
    return type.dtype().map(DType::name).orElse(type.name());
  }

  private BadInputException bad(String name, String message) {
    return archive.file().bad("tensor " + Text.quote(name) + " " + message);
  }
}
