package parity.tensors.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of memory and of files, however much, and as metadata and checksums spell it. */
public final class Sha256 {
  private static final long CHUNK = 1 << 30;
  private static final int BLOCK = 1 << 20;

  private Sha256() {}

  /** Takes bytes, for {@link #text}. */
  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Of memory, as bytes. */
  public static byte[] of(MemorySegment bytes) {
    return add(start(), bytes).digest();
  }

  /** Of memory, in hexadecimal. */
  public static String text(MemorySegment bytes) {
    return text(add(start(), bytes));
  }

  /** In hexadecimal, of the bytes that a digest took. */
  public static String text(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** In hexadecimal, of a regular file's bytes. */
  public static String text(Path file) throws IOException {
    RegularFile.require(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MessageDigest digest = start();
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      while (channel.read(block.clear()) >= 0) {
        digest.update(block.flip());
      }
      return text(digest);
    }
  }

  /** In hexadecimal, of bytes and of what they are. */
  public static String of(String what, MemorySegment bytes) {
    MessageDigest digest = start();
    digest.update(what.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return text(add(digest, bytes));
  }

  private static MessageDigest add(MessageDigest digest, MemorySegment bytes) {
    for (long at = 0; at < bytes.byteSize(); at += CHUNK) {
      digest.update(bytes.asSlice(at, Math.min(CHUNK, bytes.byteSize() - at)).asByteBuffer());
    }
    return digest;
  }
}
