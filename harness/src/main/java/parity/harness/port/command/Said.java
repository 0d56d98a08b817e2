package parity.harness.port.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import parity.tensors.Text;

/**
 * What a command says on its standard output and error: the last lines, and of each its beginning.
 * All else is counted and thrown away, so that any amount takes neither memory nor a disk.
 */
final class Said {
  /** Lines that are shown. */
  private static final int LINES = 20;

  /** Characters of a line that are shown. */
  private static final int CHARACTERS = 400;

  /** Bytes of a line that are kept: a character has four at most. */
  private static final int KEPT = 4 * CHARACTERS;

  private static final int BLOCK = 1 << 16;

  private final Line[] last = Stream.generate(Line::new).limit(LINES).toArray(Line[]::new);
  private Line line = new Line();
  private boolean afterReturn;
  private long bytes;
  private long lines;

  /** One line; used again and again, as there may be a hundred million a second. */
  private static final class Line {
    private final byte[] kept = new byte[KEPT];
    private long length;

    void add(byte[] block, int from, int to) {
      if (length < KEPT) {
        int more = Math.min(to - from, KEPT - (int) length);
        System.arraycopy(block, from, kept, (int) length, more);
      }
      length += to - from;
    }

    /** Fit for a log. */
    String shown() {
      int size = (int) Math.min(length, KEPT);
      String text = new String(kept, 0, size, StandardCharsets.UTF_8).replace('\t', ' ');
      StringBuilder shown = new StringBuilder();
      int at = 0;
      while (at < text.length() && shown.length() < CHARACTERS) {
        int end = text.offsetByCodePoints(at, 1);
        shown.append(Text.visible(text.substring(at, end)));
        at = end;
      }
      return at == text.length() && size == length
          ? shown.toString()
          : shown + "... (a line of " + Space.shown(length) + ")";
    }
  }

  /** Starts to read, until the last process that may write there is gone. */
  Thread listen(InputStream from) {
    return Thread.ofPlatform()
        .daemon()
        .name("candidate output")
        .start(() -> {
          byte[] block = new byte[BLOCK];
          try (from) {
            for (int length = from.read(block); length >= 0; length = from.read(block)) {
              add(block, length);
            }
          } catch (IOException e) {
            // What cannot be heard is not said.
          }
        });
  }

  synchronized void add(byte[] block, int length) {
    bytes += length;
    int from = 0;
    for (int i = 0; i < length; i++) {
      byte b = block[i];
      if (b == '\n' || b == '\r') {
        line.add(block, from, i);
        if (!(b == '\n' && afterReturn)) {
          endLine();
        }
        from = i + 1;
      }
      afterReturn = b == '\r';
    }
    line.add(block, from, length);
  }

  private void endLine() {
    int place = (int) (lines % LINES);
    Line oldest = last[place];
    last[place] = line;
    line = oldest;
    line.length = 0;
    lines++;
  }

  /** The last lines, fit for a log; if there are more, a first one says how much was said. */
  synchronized List<String> lastLines() {
    if (line.length > 0) {
      endLine();
    }
    List<String> shown = new ArrayList<>();
    if (lines > LINES) {
      shown.add(
          "(said %s in %,d lines; its last %d lines follow)"
              .formatted(Space.shown(bytes), lines, LINES));
    }
    for (long i = Math.max(0, lines - LINES); i < lines; i++) {
      shown.add(last[(int) (i % LINES)].shown());
    }
    return List.copyOf(shown);
  }

  /** For a message of one line. */
  synchronized String inOneLine() {
    List<String> words = lastLines().stream().filter(each -> !each.isBlank()).toList();
    return words.isEmpty() ? "it said nothing" : "it last said: " + words.getLast().strip();
  }
}
