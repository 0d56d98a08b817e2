package parity.tensors.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import parity.tensors.BadInputException;
import parity.tensors.Text;

/** A short file that a person wrote, with something in each line; a remark begins with #. */
public final class LinesFile {
  private static final int MOST = 1 << 20;

  private LinesFile() {}

  /**
   * Its lines without remarks and blanks around, and without those that say nothing.
   *
   * @param option by which it was given, for messages
   * @param ofWhat what is in a line, for messages
   * @throws BadInputException if it cannot be read, or says nothing
   */
  public static List<String> read(Path file, String option, String ofWhat) {
    try {
      List<String> lines =
          new String(RegularFile.bytes(file, MOST), StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.replaceFirst("(^|\\s)#.*", "").strip())
              .filter(line -> !line.isEmpty())
              .toList();
      if (lines.isEmpty()) {
        throw new BadInputException(
            "%s %s: names nothing; write a %s a line".formatted(option, file, ofWhat));
      }
      return lines;
    } catch (IOException e) {
      throw new BadInputException(
          "%s %s: cannot be read: %s; give a file with a %s a line"
              .formatted(option, file, Text.reason(e), ofWhat),
          e);
    }
  }
}
