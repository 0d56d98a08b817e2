package parity.tensors.format;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import parity.tensors.BadInputException;
import parity.tensors.DType;
import parity.tensors.Other;
import parity.tensors.Shape;
import parity.tensors.StridedView;
import parity.tensors.TensorFile;
import parity.tensors.TensorInfo;
import parity.tensors.Text;
import parity.tensors.file.MappedFile;
import parity.tensors.file.MappedTensors;
import parity.tensors.file.Sha256;
import parity.tensors.zip.ZipContent;
import parity.tensors.zip.ZipDirectory;

/**
 * Reads NumPy's {@code .npz} ({@code numpy.savez}, {@code numpy.savez_compressed}) and a single
 * {@code .npy}, whose only tensor is called as the file without its ending.
 *
 * <p>Stored arrays are used in place in the mapped file; deflated ones are inflated off the heap
 * when the file is opened; column-major and big-endian ones are copied when they are first asked
 * for. Arrays of what is no number are among {@link #others}; Python objects are never unpickled.
 */
public final class Npz extends MappedTensors {
  static final String EXPECTED = "a NumPy file (.npz or .npy)";
  static final String SUFFIX = ".npy";

  private final boolean unnamed;

  private Npz(Reader reader, boolean unnamed) {
    super(reader.file, reader.entries, reader.others, Map.of());
    this.unnamed = unnamed;
  }

  /**
   * Opens a NumPy file and checks the sums of its members.
   *
   * @throws BadInputException if it is not one, or anything about it is wrong
   */
  public static TensorFile open(Path path) {
    return MappedFile.open(path, EXPECTED, Npz::read);
  }

  /** Whether it is a single {@code .npy}, whose array has no name of its own. */
  @Override
  public boolean isUnnamed() {
    return unnamed;
  }

  static TensorFile read(MappedFile file) {
    if (isNpy(file)) {
      String name = file.path().toAbsolutePath().getFileName().toString();
      Reader reader = new Reader(file);
      reader.add(name.replaceFirst("\\.npy$", ""), file.bytes());
      return new Npz(reader, true);
    }
    if (!ZipDirectory.isZip(file)) {
      throw file.bad("is neither a zip file nor a NumPy array; expected " + EXPECTED);
    }
    return read(file, ZipDirectory.read(file));
  }

  static TensorFile read(MappedFile file, Map<String, ZipDirectory.Member> members) {
    if (members.keySet().stream().noneMatch(name -> name.endsWith(SUFFIX))) {
      throw file.bad("is a zip file without .npy in it; expected " + EXPECTED);
    }
    Reader reader = new Reader(file);
    for (ZipDirectory.Member member : members.values()) {
      String name = member.name();
      if (name.endsWith(SUFFIX)) {
        reader.add(
            name.substring(0, name.length() - SUFFIX.length()), ZipContent.bytes(file, member));
      } else {
        reader.addForeign(name, ZipContent.bytes(file, member));
      }
    }
    return new Npz(reader, false);
  }

  static boolean isNpy(MappedFile file) {
    return file.startsWith(NpyHeader.MAGIC);
  }

  private static final class Reader {
    private final MappedFile file;
    private final SortedMap<String, Entry> entries = new TreeMap<>();
    private final SequencedMap<String, Other> others = new LinkedHashMap<>();

    Reader(MappedFile file) {
      this.file = file;
    }

    /** A member that is no array, as {@code numpy.load} gives it: its bytes. */
    void addForeign(String name, MemorySegment bytes) {
      requireNew(name);
      others.put(
          name,
          Other.array(
              "bytes", Optional.of(Shape.of(bytes.byteSize())), () -> Sha256.of("bytes", bytes)));
    }

    private void requireNew(String name) {
      if (entries.containsKey(name) || others.containsKey(name)) {
        throw file.bad("holds two members that are both called " + Text.quote(name));
      }
    }

    void add(String name, MemorySegment array) {
      requireNew(name);
      Function<String, BadInputException> error =
          message -> file.bad("array " + Text.quote(name) + " " + message);
      NpyHeader header = NpyHeader.read(array, error);
      MemorySegment data = array.asSlice(header.dataStart());
      Optional<DType> dtype = header.type().dtype();
      if (dtype.isPresent()) {
        entries.put(
            name,
            new Entry(
                new TensorInfo(dtype.get(), header.shape()),
                () -> elements(name, header, dtype.get(), data)));
      } else {
        String what = header.type().descr() + " " + header.shape();
        Supplier<MemorySegment> bytes = () -> rowMajor(name, header, data);
        others.put(
            name,
            Other.array(
                header.type().kind(),
                Optional.of(header.shape()),
                () -> Sha256.of(what, bytes.get())));
      }
    }

    private MemorySegment elements(String name, NpyHeader header, DType dtype, MemorySegment data) {
      if (!header.type().swapped()) {
        return rowMajor(name, header, data);
      }
      MemorySegment swapped = allocate(name, data).copyFrom(data);
      ByteOrders.swap(dtype, swapped);
      return rowMajor(name, header, swapped);
    }

    /** As they are where they stand so, else in a copy. */
    private MemorySegment rowMajor(String name, NpyHeader header, MemorySegment data) {
      StridedView view = new StridedView(header.shape(), 0, strides(header));
      if (view.isContiguous() || header.type().pickled() || data.byteSize() == 0) {
        return data;
      }
      MemorySegment copy = allocate(name, data);
      long width = data.byteSize() / header.shape().elements();
      view.copy(data, copy, Math.toIntExact(width));
      return copy;
    }

    private MemorySegment allocate(String name, MemorySegment data) {
      return file.allocate(data.byteSize(), "array " + Text.quote(name));
    }
  }

  private static List<Long> strides(NpyHeader header) {
    long[] rowMajor = header.shape().strides();
    List<Long> strides = new ArrayList<>();
    long step = 1;
    for (int axis = 0; axis < rowMajor.length; axis++) {
      strides.add(header.columnMajor() ? step : rowMajor[axis]);
      step *= header.shape().dim(axis);
    }
    return strides;
  }
}
