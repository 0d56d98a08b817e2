package parity.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Checkpoints with other members than they were saved with, and the checksums of these. */
final class ZipCopy {
  private ZipCopy() {}

  /** Puts a zip file in place of a linked one, its members as {@code change} makes them. */
  static void rewrite(Path file, BiFunction<String, byte[], byte[]> change) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipFile from = new ZipFile(file.toFile());
        ZipOutputStream to = new ZipOutputStream(out)) {
      for (var members = from.entries(); members.hasMoreElements(); ) {
        ZipEntry member = members.nextElement();
        byte[] bytes = change.apply(member.getName(), from.getInputStream(member).readAllBytes());
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(member.getName());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        to.putNextEntry(entry);
        to.write(bytes);
      }
    }
    Samples.replace(file, out.toByteArray());
  }

  /** Puts a number under each of these names into the dict of a checkpoint, as training does. */
  static void addNumbers(Path file, String... names) throws IOException {
    rewrite(file, (name, bytes) -> name.endsWith("/data.pkl") ? withNumbers(bytes, names) : bytes);
  }

  /** At its end the dict lies on the stack: BINUNICODE name, BININT1 7, SETITEM, and STOP. */
  private static byte[] withNumbers(byte[] pickle, String... names) {
    ByteArrayOutputStream patched = new ByteArrayOutputStream();
    patched.write(pickle, 0, pickle.length - 1);
    for (String name : names) {
      byte[] text = name.getBytes(StandardCharsets.UTF_8);
      patched.writeBytes(new byte[] {'X', (byte) text.length, 0, 0, 0});
      patched.writeBytes(text);
      patched.writeBytes(new byte[] {'K', 7, 's'});
    }
    patched.write('.');
    return patched.toByteArray();
  }

  /** Turns one bit of a file, whatever its checksums say then. */
  static void flip(Path file, long at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[Math.toIntExact(at)] ^= 16;
    Samples.replace(file, bytes);
  }
}
