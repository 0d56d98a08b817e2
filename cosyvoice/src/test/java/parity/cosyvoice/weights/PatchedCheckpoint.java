package parity.cosyvoice.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Checkpoints with more in their pickle than was saved. */
final class PatchedCheckpoint {
  private PatchedCheckpoint() {}

  /** Copies a checkpoint, and puts the number 7 under each of these names. */
  static void withNumbers(Path file, Path copy, String... names) throws IOException {
    try (ZipFile from = new ZipFile(file.toFile());
        OutputStream out = Files.newOutputStream(copy);
        ZipOutputStream to = new ZipOutputStream(out)) {
      for (var members = from.entries(); members.hasMoreElements(); ) {
        ZipEntry member = members.nextElement();
        byte[] bytes = from.getInputStream(member).readAllBytes();
        store(
            to,
            member.getName(),
            member.getName().endsWith("/data.pkl") ? withNumbers(bytes, names) : bytes);
      }
    }
  }

  private static void store(ZipOutputStream to, String name, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    to.putNextEntry(entry);
    to.write(bytes);
    to.closeEntry();
  }

  /** At its end the dict lies on the stack: BINUNICODE name, BININT1 7, SETITEM, and STOP. */
  private static byte[] withNumbers(byte[] pickle, String... names) throws IOException {
    ByteArrayOutputStream patched = new ByteArrayOutputStream();
    patched.write(pickle, 0, pickle.length - 1);
    for (String name : names) {
      byte[] text = name.getBytes(StandardCharsets.UTF_8);
      patched.write(new byte[] {'X', (byte) text.length, 0, 0, 0});
      patched.write(text);
      patched.write(new byte[] {'K', 7, 's'});
    }
    patched.write('.');
    return patched.toByteArray();
  }
}
