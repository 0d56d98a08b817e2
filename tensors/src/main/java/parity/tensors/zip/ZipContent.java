package parity.tensors.zip;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import parity.tensors.BadInputException;
import parity.tensors.Little;
import parity.tensors.Text;
import parity.tensors.file.MappedFile;

/**
 * The bytes of a zip file's members, held against the sums in its directory.
 *
 * <p>The JDK's CRC-32 and inflater are native code, which must not touch the mapped file itself: if
 * that got shorter meanwhile, the process would end. So they are given copies of pieces.
 */
public final class ZipContent {
  /** Deflate makes no more of a byte than this. */
  private static final long MAX_RATIO = 1032;

  private static final long CHUNK = 1 << 30;

  private static final int PIECE = 1 << 16;

  private ZipContent() {}

  /**
   * Judge all members, without keeping any.
   *
   * @throws BadInputException if one is damaged; it names the first
   */
  public static void requireSound(MappedFile file, Collection<ZipDirectory.Member> members) {
    members.parallelStream()
        .filter(member -> !isSound(file, member))
        .findFirst()
        .ifPresent(member -> {
          throw damaged(file, member);
        });
  }

  private static boolean isSound(MappedFile file, ZipDirectory.Member member) {
    CRC32 crc = new CRC32();
    if (member.method() == ZipDirectory.STORED) {
      add(crc, stored(file, member));
    } else if (!inflatesTo(file, member, crc)) {
      return false;
    }
    return (int) crc.getValue() == member.crc();
  }

  /** Inflates a member piece by piece into a sum; whether it has the size that is due. */
  private static boolean inflatesTo(MappedFile file, ZipDirectory.Member member, CRC32 crc) {
    MemorySegment stored = stored(file, member);
    byte[] piece = new byte[PIECE];
    Inflater inflater = new Inflater(true);
    try {
      while (!inflater.finished()) {
        long read = inflater.getBytesRead();
        feed(inflater, stored);
        int size = inflater.inflate(piece);
        crc.update(piece, 0, size);
        boolean stuck = size == 0 && inflater.getBytesRead() == read && !inflater.finished();
        if (stuck || inflater.getBytesWritten() > member.size()) {
          return false;
        }
      }
      return inflater.getBytesWritten() == member.size();
    } catch (DataFormatException e) {
      return false;
    } finally {
      inflater.end();
    }
  }

  /**
   * The bytes of a member, checked: in the file where they are stored as they are, else inflated
   * off the heap.
   *
   * @throws BadInputException if it is damaged
   */
  public static MemorySegment bytes(MappedFile file, ZipDirectory.Member member) {
    MemorySegment stored = stored(file, member);
    MemorySegment bytes =
        member.method() == ZipDirectory.STORED ? stored : inflate(file, member, stored);
    CRC32 crc = new CRC32();
    add(crc, bytes);
    if ((int) crc.getValue() != member.crc()) {
      throw damaged(file, member);
    }
    return bytes;
  }

  private static MemorySegment stored(MappedFile file, ZipDirectory.Member member) {
    return file.bytes().asSlice(member.offset(), member.stored());
  }

  private static void add(CRC32 crc, MemorySegment bytes) {
    byte[] piece = new byte[(int) Math.min(PIECE, bytes.byteSize())];
    for (long at = 0; at < bytes.byteSize(); at += piece.length) {
      int size = (int) Math.min(piece.length, bytes.byteSize() - at);
      MemorySegment.copy(bytes, Little.BYTE, at, piece, 0, size);
      crc.update(piece, 0, size);
    }
  }

  /** Gives an inflater its next piece when it has used the last one up. */
  private static void feed(Inflater inflater, MemorySegment stored) {
    if (inflater.needsInput()) {
      long at = inflater.getBytesRead();
      byte[] piece = new byte[(int) Math.min(PIECE, stored.byteSize() - at)];
      MemorySegment.copy(stored, Little.BYTE, at, piece, 0, piece.length);
      inflater.setInput(piece);
    }
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
        feed(inflater, stored);
        inflater.inflate(free(bytes, inflater.getBytesWritten()));
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

  private static ByteBuffer free(MemorySegment bytes, long at) {
    return bytes.asSlice(at, Math.min(CHUNK, bytes.byteSize() - at)).asByteBuffer();
  }

  private static BadInputException damaged(MappedFile file, ZipDirectory.Member member) {
    return file.bad("its member " + Text.quote(member.name()) + " is damaged; get the file again");
  }
}
