package parity.tensors.file;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of memory, however much. */
public final class Sha256 {
  private static final long CHUNK = 1 << 30;

  private Sha256() {}

  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  public static byte[] of(MemorySegment bytes) {
    return add(start(), bytes).digest();
  }

  /** In hexadecimal, of bytes and of what they are. */
  public static String of(String what, MemorySegment bytes) {
    MessageDigest digest = start();
    digest.update(what.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return HexFormat.of().formatHex(add(digest, bytes).digest());
  }

  private static MessageDigest add(MessageDigest digest, MemorySegment bytes) {
    for (long at = 0; at < bytes.byteSize(); at += CHUNK) {
      digest.update(bytes.asSlice(at, Math.min(CHUNK, bytes.byteSize() - at)).asByteBuffer());
    }
    return digest;
  }
}
