package parity.harness.console;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import parity.tensors.Text;

/** A stage's log: every line goes to its file, and what is worth it to the person who watches. */
public final class StageLog implements AutoCloseable {
  private final PrintWriter file;
  private final Screen screen;

  private StageLog(PrintWriter file, Screen screen) {
    this.file = file;
    this.screen = screen;
  }

  /** Starts a log. */
  public static StageLog open(Path file, Screen screen) {
    try {
      return new StageLog(new PrintWriter(Files.newBufferedWriter(file)), screen);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line, formatted as {@link String#format} does it, the same in every country. */
  @FormatMethod
  public void line(@FormatString String format, Object... values) {
    say(String.format(Locale.ROOT, format, values));
  }

  /** One line as it is. */
  public void say(String line) {
    detail(line);
    screen.line(line);
  }

  /** A line for the file, and a shorter one for the person. */
  public void say(String line, String brief) {
    detail(line);
    screen.line(brief);
  }

  /** A line for the file alone. */
  public void detail(String line) {
    file.println(Text.visible(line));
  }

  @Override
  public void close() {
    file.close();
    if (file.checkError()) {
      throw new UncheckedIOException(new IOException("a log could not be written: disk full?"));
    }
  }
}
