package parity.tensors.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import parity.tensors.zip.ZipBytes;

/** Checkpoints with other members than they were saved with, and the checksums of these. */
public final class CheckpointCopy {
  private CheckpointCopy() {}

  /**
   * Writes a checkpoint with other members.
   *
   * @param file is only read
   * @param copy is replaced and not written into, since it may be a link; may be {@code file}
   * @param change makes of a member's name and bytes what it is to be
   */
  public static void write(Path file, Path copy, BiFunction<String, byte[], byte[]> change)
      throws IOException {
    ZipBytes changed = new ZipBytes();
    try (ZipFile from = new ZipFile(file.toFile())) {
      for (var members = from.entries(); members.hasMoreElements(); ) {
        ZipEntry member = members.nextElement();
        byte[] bytes = from.getInputStream(member).readAllBytes();
        changed.stored(member.getName(), change.apply(member.getName(), bytes));
      }
    }
    Files.deleteIfExists(copy);
    Files.write(copy, changed.toBytes());
  }

  /** Writes one with the number 7 under each of these names, as training leaves some. */
  public static void withNumbers(Path file, Path copy, String... names) throws IOException {
    write(
        file,
        copy,
        (name, bytes) -> name.endsWith("/data.pkl") ? withNumbers(bytes, names) : bytes);
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
}
