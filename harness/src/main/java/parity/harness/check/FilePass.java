package parity.harness.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.function.LongConsumer;
import java.util.function.ObjIntConsumer;
import parity.harness.console.Progress;
import parity.tensors.file.RegularFile;
import parity.tensors.file.Sha256;

/** The bytes of a file as they come by, once: its hash, and how far we are. */
final class FilePass implements ObjIntConsumer<byte[]> {
  /** One step of the progress. */
  static final long STEP = 1 << 20;

  private final MessageDigest digest = Sha256.start();
  private final Progress progress;
  private final LongConsumer reached;
  private long position;

  /**
   * A pass over a file.
   *
   * @param reached is told after each block how many bytes are behind
   */
  FilePass(Progress progress, LongConsumer reached) {
    this.progress = progress;
    this.reached = reached;
  }

  /** SHA-256 of a regular file in which there is nothing else to look at. */
  static String sha256(Path file, Progress progress) throws IOException {
    RegularFile.require(file);
    FilePass pass = new FilePass(progress, position -> {});
    byte[] block = new byte[(int) STEP];
    try (InputStream in = Files.newInputStream(file)) {
      for (int length = in.read(block); length >= 0; length = in.read(block)) {
        pass.accept(block, length);
      }
    }
    return pass.sha256();
  }

  @Override
  public void accept(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
    for (long step = position / STEP; step < (position + length) / STEP; step++) {
      progress.step();
    }
    position += length;
    reached.accept(position);
  }

  /** Of all bytes that came by. */
  String sha256() {
    return Sha256.text(digest);
  }
}
