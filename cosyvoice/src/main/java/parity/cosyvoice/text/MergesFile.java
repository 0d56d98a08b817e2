package parity.cosyvoice.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import parity.cosyvoice.text.TokenizerFiles.Merge;
import parity.tensors.BadInputException;
import parity.tensors.Text;
import parity.tensors.file.JsonFile;
import parity.tensors.file.RegularFile;

/** {@code merges.txt}: a pair of tokens a line, behind a line that names the version. */
final class MergesFile {
  private static final String EXPECTED = "Qwen2's pairs of tokens, one a line";

  /** The file of a release has 1.7 MB. */
  private static final int MAX_BYTES = 1 << 26;

  private MergesFile() {}

  /** The pairs in the order of the file; of a pair that comes again, the first place counts. */
  static List<Merge> read(Path file) {
    List<String> lines = lines(file);
    Set<Merge> merges = new LinkedHashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || (i == 0 && line.startsWith("#version:"))) {
        continue;
      }
      String[] pair = line.split("\\s+", -1);
      if (pair.length != 2) {
        throw new BadInputException(
            "%s: line %d: found %d tokens, expected a pair with a blank between"
                .formatted(file, i + 1, pair.length));
      }
      merges.add(new Merge(pair[0], pair[1]));
    }
    return List.copyOf(merges);
  }

  private static List<String> lines(Path file) {
    try {
      byte[] text = Text.withoutMark(RegularFile.bytes(file, MAX_BYTES));
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(text))
          .toString()
          .lines()
          .toList();
    } catch (CharacterCodingException e) {
      throw new BadInputException(file + ": not UTF-8: expected " + EXPECTED, e);
    } catch (IOException e) {
      throw JsonFile.unreadable(file, EXPECTED, e);
    }
  }
}
