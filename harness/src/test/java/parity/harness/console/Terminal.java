package parity.harness.console;

import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * A terminal of some width: it knows carriage return, line feed and erase to the end of the row,
 * and wraps as terminals do, when a character comes after the last column.
 */
final class Terminal extends Writer {
  private static final String ERASE_TO_END = "\033[K";

  private final int columns;
  private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
  private final List<Boolean> wrapped = new ArrayList<>(List.of(false));
  private int row;
  private int column;
  private String escape = "";

  Terminal(int columns) {
    this.columns = columns;
  }

  @Override
  public synchronized void write(char[] text, int from, int length) {
    for (int i = from; i < from + length; i++) {
      take(text[i]);
    }
  }

  private void take(char character) {
    if (!escape.isEmpty() || character == '\033') {
      escape += character;
      if (escape.equals(ERASE_TO_END)) {
        rows.get(row).setLength(Math.min(column, rows.get(row).length()));
        wrapped.set(row, false);
        escape = "";
      } else if (!ERASE_TO_END.startsWith(escape)) {
        throw new IllegalStateException("no such sequence: " + escape.substring(1));
      }
      return;
    }
    switch (character) {
      case '\r' -> column = 0;
      case '\n' -> nextRow(false);
      default -> put(character);
    }
  }

  private void put(char character) {
    if (column == columns) {
      nextRow(true);
    }
    StringBuilder text = rows.get(row);
    while (text.length() < column) {
      text.append(' ');
    }
    if (column < text.length()) {
      text.setCharAt(column, character);
    } else {
      text.append(character);
    }
    column++;
  }

  private void nextRow(boolean wraps) {
    wrapped.set(row, wraps);
    row++;
    column = 0;
    if (row == rows.size()) {
      rows.add(new StringBuilder());
      wrapped.add(false);
    }
  }

  /** What a person reads: rows that wrap into each other are one line; blanks at ends are gone. */
  synchronized List<String> lines() {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      line.append(rows.get(i));
      if (!wrapped.get(i)) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
      }
    }
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
