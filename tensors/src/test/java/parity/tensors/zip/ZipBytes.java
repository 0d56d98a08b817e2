package parity.tensors.zip;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zip files for tests, sound ones and, by way of its fields, unsound ones. */
public final class ZipBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private int members;

  /** Whether sizes and places go into the 64-bit fields. */
  boolean wide;

  // What the next member says of itself instead of the truth.
  int flags;
  int extraSize;
  public int offset;
  public int method = -1;

  /** How the next member's CRC differs from the truth. */
  public int crcError;

  public ZipBytes stored(String name, byte[] data) {
    return add(name, 0, data, data);
  }

  public ZipBytes deflated(String name, byte[] data) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(data);
    deflater.finish();
    byte[] packed = new byte[data.length + 100];
    int size = deflater.deflate(packed);
    deflater.end();
    return add(name, 8, data, Arrays.copyOf(packed, size));
  }

  public byte[] toBytes() {
    int start = out.size();
    out.writeBytes(directory.toByteArray());
    if (wide) {
      int end64 = out.size();
      byte[] wideEnd = new byte[56 + 20];
      little(wideEnd)
          .putInt(0, 0x06064b50)
          .putLong(4, 44)
          .putLong(24, members)
          .putLong(32, members)
          .putLong(40, directory.size())
          .putLong(48, start)
          .putInt(56, 0x07064b50)
          .putLong(64, end64)
          .putInt(72, 1);
      out.writeBytes(wideEnd);
    }
    byte[] end = new byte[22];
    little(end)
        .putInt(0, 0x06054b50)
        .putShort(8, (short) (wide ? -1 : members))
        .putShort(10, (short) (wide ? -1 : members))
        .putInt(12, wide ? -1 : directory.size())
        .putInt(16, wide ? -1 : start);
    out.writeBytes(end);
    return out.toByteArray();
  }

  private ZipBytes add(String name, int how, byte[] data, byte[] packed) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(data);
    int at = out.size() + offset;
    int size = data.length + extraSize;
    int stored = packed.length + extraSize;
    int says = method < 0 ? how : method;
    byte[] local = new byte[30 + text.length];
    little(local).putInt(0, 0x04034b50).putShort(26, (short) text.length).put(30, text);
    out.writeBytes(local);
    out.writeBytes(packed);
    byte[] member = new byte[46 + text.length + (wide ? 28 : 0)];
    ByteBuffer entry = little(member);
    entry
        .putInt(0, 0x02014b50)
        .putShort(8, (short) flags)
        .putShort(10, (short) says)
        .putInt(16, (int) crc.getValue() + crcError)
        .putInt(20, wide ? -1 : stored)
        .putInt(24, wide ? -1 : size)
        .putShort(28, (short) text.length)
        .putShort(30, (short) (wide ? 28 : 0))
        .putInt(42, wide ? -1 : at)
        .position(46)
        .put(text);
    if (wide) {
      entry.putShort((short) 1).putShort((short) 24).putLong(size).putLong(stored).putLong(at);
    }
    directory.writeBytes(member);
    members++;
    flags = 0;
    extraSize = 0;
    offset = 0;
    method = -1;
    crcError = 0;
    return this;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
