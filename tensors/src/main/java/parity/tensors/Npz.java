package parity.tensors;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads NumPy's {@code .npz} ({@code numpy.savez}, {@code numpy.savez_compressed}) and a single
 * {@code .npy}, whose only tensor is called as the file without its ending.
 *
 * <p>Stored arrays are used in place in the mapped file; deflated ones are inflated off the heap
 * when the file is opened, and column-major ones copied when they are first asked for.
 */
public final class Npz extends MappedTensors {
  static final String EXPECTED = "a NumPy file (.npz or .npy)";
  static final String SUFFIX = ".npy";

  /** Deflate makes no more of a byte than this. */
  private static final long MAX_RATIO = 1032;

  private static final long CHUNK = 1 << 30;

  private Npz(MappedFile file, SortedMap<String, Entry> entries) {
    super(file, entries, Map.of());
  }

  /**
   * Opens a NumPy file and checks the sums of its members.
   *
   * @throws BadInput if it is not one, or anything about it is wrong
   */
  public static TensorFile open(Path path) {
    return MappedFile.open(path, EXPECTED, Npz::read);
  }

  static TensorFile read(MappedFile file) {
    if (isNpy(file)) {
      String name = file.path().toAbsolutePath().getFileName().toString();
      SortedMap<String, Entry> entries = new TreeMap<>();
      add(file, entries, name.replaceFirst("\\.npy$", ""), file.bytes());
      return new Npz(file, entries);
    }
    if (!ZipDirectory.isZip(file)) {
      throw file.bad("is neither a zip file nor a NumPy array; expected " + EXPECTED);
    }
    return read(file, ZipDirectory.read(file));
  }

  static TensorFile read(MappedFile file, Map<String, ZipDirectory.Member> members) {
    SortedMap<String, Entry> entries = new TreeMap<>();
    for (ZipDirectory.Member member : members.values()) {
      if (!member.name().endsWith(SUFFIX)) {
        throw file.bad(
            "holds " + Text.quote(member.name()) + "; expected nothing but .npy in a .npz");
      }
      String name = member.name().substring(0, member.name().length() - SUFFIX.length());
      add(file, entries, name, bytes(file, member));
    }
    return new Npz(file, entries);
  }

  static boolean isNpy(MappedFile file) {
    return file.startsWith(NpyHeader.MAGIC);
  }

  private static void add(
      MappedFile file, SortedMap<String, Entry> entries, String name, MemorySegment array) {
    Function<String, BadInput> error =
        message -> file.bad("array " + Text.quote(name) + " " + message);
    NpyHeader header = NpyHeader.read(array, error);
    TensorInfo info = new TensorInfo(header.dtype(), header.shape());
    MemorySegment data = array.asSlice(header.dataStart());
    StridedView view = new StridedView(header.shape(), 0, strides(header));
    entries.put(
        name,
        new Entry(
            info,
            view.isContiguous()
                ? () -> data
                : () -> {
                  MemorySegment copy = file.allocate(data.byteSize(), "array " + Text.quote(name));
                  view.copy(data, copy, header.dtype().bytes());
                  return copy;
                }));
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

  private static MemorySegment bytes(MappedFile file, ZipDirectory.Member member) {
    MemorySegment stored = file.bytes().asSlice(member.offset(), member.stored());
    MemorySegment bytes =
        member.method() == ZipDirectory.STORED ? stored : inflate(file, member, stored);
    CRC32 crc = new CRC32();
    for (long at = 0; at < bytes.byteSize(); at += CHUNK) {
      crc.update(chunk(bytes, at));
    }
    if ((int) crc.getValue() != member.crc()) {
      throw damaged(file, member);
    }
    return bytes;
  }

  private static MemorySegment inflate(
      MappedFile file, ZipDirectory.Member member, MemorySegment stored) {
    if (member.size() / MAX_RATIO > member.stored()) {
      throw damaged(file, member);
    }
    // One byte more than is due, so that a member that goes on is seen to.
    MemorySegment bytes = file.allocate(member.size() + 1, "member " + Text.quote(member.name()));
    Inflater inflater = new Inflater(true);
    try {
      while (!inflater.finished()) {
        long before = inflater.getBytesRead() + inflater.getBytesWritten();
        inflater.setInput(chunk(stored, inflater.getBytesRead()));
        inflater.inflate(chunk(bytes, inflater.getBytesWritten()));
        if (!inflater.finished()
            && inflater.getBytesRead() + inflater.getBytesWritten() == before) {
          break;
        }
      }
      if (!inflater.finished() || inflater.getBytesWritten() != member.size()) {
        throw damaged(file, member);
      }
    } catch (DataFormatException e) {
      throw damaged(file, member);
    } finally {
      inflater.end();
    }
    return bytes.asSlice(0, member.size());
  }

  private static ByteBuffer chunk(MemorySegment bytes, long at) {
    return bytes.asSlice(at, Math.min(CHUNK, bytes.byteSize() - at)).asByteBuffer();
  }

  private static BadInput damaged(MappedFile file, ZipDirectory.Member member) {
    return file.bad("its member " + Text.quote(member.name()) + " is damaged; get the file again");
  }
}
