package parity.tensors.zip;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import parity.tensors.BadInputException;
import parity.tensors.Little;
import parity.tensors.Text;
import parity.tensors.file.MappedFile;

/**
 * The members of a mapped zip file, with or without its 64-bit extension: where each one's bytes
 * stand. Everything is checked against the file's length before it is believed.
 */
public final class ZipDirectory {
  static final int MAX_MEMBERS = 100_000;
  public static final int STORED = 0;
  public static final int DEFLATED = 8;

  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int END64 = 0x06064b50;
  private static final int END64_SIZE = 56;
  private static final int LOCATOR64 = 0x07064b50;
  private static final int LOCATOR64_SIZE = 20;
  private static final int MEMBER = 0x02014b50;
  private static final int MEMBER_SIZE = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_SIZE = 30;
  private static final int EXTRA64 = 1;
  private static final int ENCRYPTED = 1;
  private static final int MAX_COMMENT = 0xffff;
  private static final long IN_EXTRA = 0xffffffffL;

  /**
   * One member.
   *
   * @param offset where in the file its bytes begin
   * @param stored how many bytes there are
   * @param size how many they are when inflated
   */
  public record Member(String name, int method, long offset, long stored, long size, int crc) {}

  private final MappedFile file;
  private final MemorySegment bytes;

  private ZipDirectory(MappedFile file) {
    this.file = file;
    this.bytes = file.bytes();
  }

  public static boolean isZip(MappedFile file) {
    return file.startsWith('P', 'K', 3, 4) || file.startsWith('P', 'K', 5, 6);
  }

  /** All members by name, in the directory's order. */
  public static Map<String, Member> read(MappedFile file) {
    return new ZipDirectory(file).members();
  }

  private Map<String, Member> members() {
    long end = findEnd();
    long count = u16(end + 10);
    long size = u32(end + 12);
    long at = u32(end + 16);
    long limit = end;
    long locator = end - LOCATOR64_SIZE;
    if (locator >= 0 && i32(locator) == LOCATOR64) {
      limit = i64(locator + 8);
      if (limit < 0 || limit > locator - END64_SIZE || i32(limit) != END64) {
        throw file.bad("its 64-bit zip directory is not where the file says");
      }
      count = i64(limit + 32);
      size = i64(limit + 40);
      at = i64(limit + 48);
    }
    if (at < 0 || size < 0 || at > limit || size > limit - at) {
      throw file.bad("its zip directory is said to be outside the file; it is cut off or damaged");
    }
    if (count < 0 || count > MAX_MEMBERS) {
      throw file.bad(
          "is a zip file of " + count + " members; at most " + MAX_MEMBERS + " are read");
    }
    Map<String, Member> members = new LinkedHashMap<>();
    long stop = at + size;
    for (long n = 0; n < count; n++) {
      if (stop - at < MEMBER_SIZE || i32(at) != MEMBER) {
        throw file.bad("its zip directory breaks off after " + n + " of " + count + " members");
      }
      int length = MEMBER_SIZE + u16(at + 28) + u16(at + 30) + u16(at + 32);
      if (length > stop - at) {
        throw file.bad("its zip directory breaks off in member " + n + " of " + count);
      }
      Member member = member(at);
      if (members.put(member.name(), member) != null) {
        throw file.bad("holds the member " + Text.quote(member.name()) + " twice");
      }
      at += length;
    }
    return members;
  }

  private long findEnd() {
    long first = Math.max(0, file.size() - END_SIZE - MAX_COMMENT);
    for (long at = file.size() - END_SIZE; at >= first; at--) {
      if (i32(at) == END && at + END_SIZE + u16(at + 20) == file.size()) {
        return at;
      }
    }
    throw file.bad(
        "is a zip file without the directory at its end; it is cut off, so get it again");
  }

  private Member member(long at) {
    int nameLength = u16(at + 28);
    String name =
        Text.utf8(bytes.asSlice(at + MEMBER_SIZE, nameLength).asByteBuffer())
            .orElseThrow(() -> file.bad("holds a member whose name is not UTF-8"));
    if ((u16(at + 8) & ENCRYPTED) != 0) {
      throw bad(name, "is encrypted");
    }
    Wide wide = new Wide(name, at + MEMBER_SIZE + nameLength, u16(at + 30));
    long size = wide.or(u32(at + 24));
    long stored = wide.or(u32(at + 20));
    long local = wide.or(u32(at + 42));
    int method = u16(at + 10);
    if (method != STORED && method != DEFLATED) {
      throw bad(name, "is compressed by method " + method + "; only stored and deflated are read");
    }
    return located(name, method, local, stored, size, i32(at + 16));
  }

  private Member located(String name, int method, long local, long stored, long size, int crc) {
    if (local < 0 || local > file.size() - LOCAL_SIZE || i32(local) != LOCAL) {
      throw bad(name, "is not where the directory says, at byte " + local);
    }
    long offset = local + LOCAL_SIZE + u16(local + 26) + u16(local + 28);
    if (stored < 0 || size < 0 || offset > file.size() || stored > file.size() - offset) {
      throw bad(name, "reaches past the end of the file: " + stored + " bytes from " + offset);
    }
    if (method == STORED && stored != size) {
      throw bad(name, "is stored as it is, but in " + stored + " bytes instead of " + size);
    }
    return new Member(name, method, offset, stored, size, crc);
  }

  private int u16(long at) {
    return Short.toUnsignedInt(bytes.get(Little.SHORT, at));
  }

  private int i32(long at) {
    return bytes.get(Little.INT, at);
  }

  private long u32(long at) {
    return Integer.toUnsignedLong(i32(at));
  }

  private long i64(long at) {
    return bytes.get(Little.LONG, at);
  }

  private BadInputException bad(String name, String message) {
    return file.bad("its member " + Text.quote(name) + " " + message);
  }

  /** The 64-bit extra field: in order, the values that did not fit into 32 bits. */
  private final class Wide {
    private final String name;
    private long at;
    private long end;

    Wide(String name, long extra, int length) {
      this.name = name;
      this.at = extra;
      this.end = extra;
      long stop = extra + length;
      for (long field = extra; stop - field >= 4; field += 4 + u16(field + 2)) {
        if (u16(field) == EXTRA64) {
          at = field + 4;
          end = Math.min(stop, at + u16(field + 2));
          return;
        }
      }
    }

    long or(long narrow) {
      if (narrow != IN_EXTRA) {
        return narrow;
      }
      if (end - at < Long.BYTES) {
        throw bad(name, "lacks the 64-bit sizes that it points to");
      }
      at += Long.BYTES;
      return i64(at - Long.BYTES);
    }
  }
}
