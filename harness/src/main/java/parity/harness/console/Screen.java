package parity.harness.console;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import parity.tensors.Text;

/**
 * What a person watches: lines that stay, and below them one status line that changes. Both go
 * through here, because a status line that is still on the screen would mix with the next line.
 */
public final class Screen {
  /** Goes to the start of the row and erases it. */
  private static final String ERASE = "\r\033[K";

  private final PrintWriter lines;
  private final Optional<PrintWriter> terminal;
  private final IntSupplier columns;
  private String status = "";

  /**
   * A screen.
   *
   * @param lines gets the lines that stay
   * @param terminal gets the status line; empty where there is no terminal
   * @param columns how wide the terminal is now
   */
  Screen(PrintWriter lines, Optional<PrintWriter> terminal, IntSupplier columns) {
    this.lines = lines;
    this.terminal = terminal;
    this.columns = columns;
  }

  /** Lines go to a writer; there is a status line if the process has a terminal. */
  public static Screen of(PrintWriter lines) {
    boolean watched = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return watched
        ? new Screen(
            lines,
            Optional.of(new PrintWriter(System.err, false, StandardCharsets.UTF_8)),
            new ConsoleProgressBarConsumer(System.err)::getMaxRenderedLength)
        : new Screen(lines, Optional.empty(), () -> Integer.MAX_VALUE);
  }

  /** Whether there is a status line. */
  public boolean hasStatus() {
    return terminal.isPresent();
  }

  /** Columns that a status line can have; a row that is full to its end would wrap. */
  int statusColumns() {
    return Math.max(columns.getAsInt() - 1, 0);
  }

  /** One line that stays, above the status line; what would end it is shown in it. */
  public synchronized void line(String line) {
    if (!status.isEmpty()) {
      draw("");
    }
    lines.println(Text.visible(line));
    lines.flush();
    if (!status.isEmpty()) {
      draw(status);
    }
  }

  /** Puts other text in the status line; what does not fit in the row is left out. */
  public synchronized void status(String text) {
    if (!status.isEmpty() || !text.isEmpty()) {
      draw(text);
    }
    status = text;
  }

  /** Erases the status line. */
  public void clear() {
    status("");
  }

  private void draw(String text) {
    terminal.ifPresent(out -> {
      out.print(ERASE + text.substring(0, Math.min(text.length(), statusColumns())));
      out.flush();
    });
  }
}
