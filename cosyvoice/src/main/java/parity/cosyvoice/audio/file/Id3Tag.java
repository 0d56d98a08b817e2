package parity.cosyvoice.audio.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * ID3v2 tags before a sound, which some programs write before FLAC and WAV too. libsndfile steps
 * over them, however many there are.
 */
final class Id3Tag {
  private static final int HEADER = 10;
  private static final int FLAGS = 5;
  private static final int SIZE = 6;
  private static final int FOOTER = 0x10;
  private static final byte[] FOOTER_MARK = "3DI".getBytes(StandardCharsets.ISO_8859_1);

  private Id3Tag() {}

  /**
   * Steps over all tags that the stream stands on.
   *
   * @param in can go back to a mark
   * @return how many bytes they have; a tag that reaches past the end of the file has all of it
   */
  static long skipAll(InputStream in) throws IOException {
    long skipped = 0;
    while (true) {
      in.mark(HEADER);
      byte[] start = in.readNBytes(HEADER);
      if (start.length < HEADER || start[0] != 'I' || start[1] != 'D' || start[2] != '3') {
        in.reset();
        return skipped;
      }
      // Seven bits of each byte count.
      int size =
          (start[SIZE] & 0x7f) << 21
              | (start[SIZE + 1] & 0x7f) << 14
              | (start[SIZE + 2] & 0x7f) << 7
              | (start[SIZE + 3] & 0x7f);
      skipped += HEADER + skip(in, size);
      if ((start[FLAGS] & FOOTER) != 0) {
        skipped += skipFooter(in);
      }
    }
  }

  /** A tag may say that it has a footer and have none. */
  private static long skipFooter(InputStream in) throws IOException {
    in.mark(HEADER);
    byte[] end = in.readNBytes(HEADER);
    if (end.length == HEADER && Arrays.equals(end, 0, 3, FOOTER_MARK, 0, 3)) {
      return HEADER;
    }
    in.reset();
    return 0;
  }

  /** Steps over so many bytes, or as many as there are. */
  private static long skip(InputStream in, long count) throws IOException {
    long skipped = 0;
    while (skipped < count) {
      long step = in.skip(count - skipped);
      if (step <= 0 && in.read() < 0) {
        return skipped;
      }
      skipped += Math.max(step, 1);
    }
    return skipped;
  }
}
