package parity.harness.console;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import parity.tensors.Text;

/**
 * Lets nothing through but text and ends of lines, so that nothing in a file, a name, an option or
 * what another process said can do more to a terminal, a log or a page than stand in it. All else
 * is written as {@link Text#visibleLines} has it, which in JSON and JavaScript is an escape.
 *
 * <p>An end of line that is part of a name is for whoever makes lines of it: {@link Text#visible}.
 */
public final class VisibleWriter extends FilterWriter {
  /** First half of a character whose second half was not written yet; 0 if there is none. */
  private char half;

  /** A writer before another. */
  public VisibleWriter(Writer out) {
    super(out);
  }

  @Override
  public void write(int c) throws IOException {
    write(String.valueOf((char) c), 0, 1);
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    write(new String(text, from, length), 0, length);
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    String all = half == 0 ? "" : String.valueOf(half);
    all += text.substring(from, from + length);
    half = 0;
    int end = all.length();
    if (end > 0 && Character.isHighSurrogate(all.charAt(end - 1))) {
      half = all.charAt(--end);
    }
    out.write(Text.visibleLines(all.substring(0, end)));
  }

  @Override
  public void close() throws IOException {
    if (half != 0) {
      out.write(Text.visibleLines(String.valueOf(half)));
      half = 0;
    }
    super.close();
  }
}
