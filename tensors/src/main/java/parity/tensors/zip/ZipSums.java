package parity.tensors.zip;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.zip.CRC32;
import parity.tensors.Little;
import parity.tensors.Text;
import parity.tensors.file.MappedFile;

/** Holds the members of a zip file against the CRC-32 that its directory has of them. */
public final class ZipSums {
  private static final int BLOCK = 1 << 20;

  private final MappedFile file;
  private final List<ZipDirectory.Member> members;
  private final CRC32 crc = new CRC32();
  private final List<String> wrong = new ArrayList<>();
  private int next;

  private ZipSums(MappedFile file, Collection<ZipDirectory.Member> members) {
    this.file = file;
    this.members =
        members.stream().sorted(Comparator.comparingLong(ZipDirectory.Member::offset)).toList();
  }

  /**
   * Reads a file once, from its first byte to its last.
   *
   * @param also gets every block, in order: an array, which is used again for the next one, and how
   *     many of its bytes count
   * @return what is wrong, one phrase a member: other bytes than were written, or bytes that cannot
   *     be held against anything
   */
  public static List<String> check(
      MappedFile file, Collection<ZipDirectory.Member> members, ObjIntConsumer<byte[]> also) {
    ZipSums sums = new ZipSums(file, members);
    sums.refuseOverlaps();
    byte[] bytes = new byte[(int) Math.min(BLOCK, file.size())];
    for (long at = 0; at < file.size(); at += bytes.length) {
      int length = (int) Math.min(bytes.length, file.size() - at);
      MemorySegment.copy(file.bytes(), Little.BYTE, at, bytes, 0, length);
      sums.take(bytes, length, at);
      also.accept(bytes, length);
    }
    sums.finishAll(file.size());
    return sums.wrong;
  }

  /** Members one upon another would be as much work as all of them together, which has no end. */
  private void refuseOverlaps() {
    long end = 0;
    for (ZipDirectory.Member member : members) {
      if (member.offset() < end) {
        throw file.bad(
            "its member "
                + Text.quote(member.name())
                + " begins at byte "
                + member.offset()
                + ", inside of another; it is damaged, so get it again");
      }
      end = member.offset() + member.stored();
    }
  }

  /** Takes bytes that begin at byte {@code at} of the file. */
  private void take(byte[] bytes, int length, long at) {
    long stop = at + length;
    while (next < members.size() && members.get(next).offset() < stop) {
      ZipDirectory.Member member = members.get(next);
      long end = member.offset() + member.stored();
      long from = Math.max(member.offset(), at);
      long to = Math.min(end, stop);
      if (from < to) {
        crc.update(bytes, (int) (from - at), (int) (to - from));
      }
      if (end > stop) {
        return;
      }
      finish(member);
    }
  }

  private void finishAll(long size) {
    while (next < members.size() && members.get(next).offset() <= size) {
      finish(members.get(next));
    }
  }

  private void finish(ZipDirectory.Member member) {
    if (member.method() != ZipDirectory.STORED) {
      wrong.add(Text.quote(member.name()) + " is compressed, and was not read");
    } else if ((int) crc.getValue() != member.crc()) {
      wrong.add(
          "%s has CRC-32 %08x, not %08x as it was written"
              .formatted(Text.quote(member.name()), (int) crc.getValue(), member.crc()));
    }
    crc.reset();
    next++;
  }
}
