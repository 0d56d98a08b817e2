package parity.cosyvoice.audio.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import parity.tensors.BadInputException;
import parity.tensors.Text;

/**
 * The chunks of a WAV file up to its samples. Each step takes bytes from the file, which ends, so
 * whatever the sizes say the walk ends too.
 */
final class WavChunks {
  private static final int CHUNK_HEADER = 8;

  /** What libsndfile takes for a header that was never completed: the size of the empty list. */
  private static final int NEVER_CLOSED = 8;

  private final Path file;
  private final InputStream in;
  private long left;
  private Optional<WavFormat> format = Optional.empty();

  /** An odd chunk whose pad byte is not 0, and may be the next chunk's first byte. */
  private Optional<String> odd = Optional.empty();

  private WavChunks(Path file, InputStream in, long left) {
    this.file = file;
    this.in = in;
    this.left = left;
  }

  /**
   * Where the samples are.
   *
   * @param declared bytes of samples as the file has it, 0 to 2^32 - 1
   * @param open whether the file says that it was never closed, so that the size is not known
   * @param left bytes of the file from the first sample on
   */
  record Data(WavFormat format, long declared, boolean open, long left) {}

  /**
   * Reads on to the first sample.
   *
   * @param in stands on {@code RIFF}
   * @param left bytes from there to the end of the file
   * @throws BadInputException if there are no samples, or none that can be read; the message says
   *     why
   */
  static Data find(Path file, InputStream in, long left) throws IOException {
    return new WavChunks(file, in, left).data();
  }

  private Data data() throws IOException {
    int riffSize = size(read(SoundFormat.SNIFFED));
    while (left >= CHUNK_HEADER) {
      byte[] header = read(CHUNK_HEADER);
      String name = new String(header, 0, 4, StandardCharsets.ISO_8859_1);
      long size = Integer.toUnsignedLong(size(header));
      if (name.equals("data")) {
        boolean open = size == 0 && riffSize == NEVER_CLOSED;
        return new Data(
            format.orElseThrow(() -> bad("samples before any 'fmt ' chunk")), size, open, left);
      }
      if (name.equals("fmt ")) {
        readFormat(size);
      } else {
        skip(name, size);
      }
    }
    throw bad(format.isEmpty() ? "no 'fmt ' chunk" : "no 'data' chunk");
  }

  private void readFormat(long size) throws IOException {
    if (format.isPresent()) {
      throw bad("two 'fmt ' chunks");
    }
    byte[] chunk = read((int) Math.min(Math.min(size, left), WavFormat.EXTENSIBLE_SIZE));
    format = Optional.of(WavFormat.of(file, chunk));
    skip("fmt ", size, size - chunk.length);
  }

  private void skip(String name, long size) throws IOException {
    skip(name, size, size);
  }

  /** Steps over the rest of a chunk, and over the byte that makes its size even. */
  private void skip(String name, long size, long rest) throws IOException {
    if (rest > left) {
      throw bad(
          "a chunk %s of %d bytes, which reaches past the end of the file"
              .formatted(Text.quote(name), size));
    }
    in.skipNBytes(rest);
    left -= rest;
    if (size % 2 == 1 && left > 0 && read(1)[0] != 0 && odd.isEmpty()) {
      odd = Optional.of(name);
    }
  }

  /** As many bytes, or fewer where the file ends. */
  private byte[] read(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    left -= bytes.length;
    return bytes;
  }

  /** The size that stands behind the name of a chunk. */
  private static int size(byte[] header) {
    return ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
  }

  /** Where a pad byte is missing, what comes after it is no chunk, and that is what is wrong. */
  private BadInputException bad(String found) {
    return new BadInputException(
        "%s: WAV with %s: expected a 'data' chunk behind a 'fmt ' chunk; export the recording anew"
            .formatted(
                file,
                odd.map(name -> "no pad byte after the odd chunk " + Text.quote(name))
                    .orElse(found)));
  }
}
