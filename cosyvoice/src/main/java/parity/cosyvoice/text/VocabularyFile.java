package parity.cosyvoice.text;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import parity.tensors.BadInputException;
import parity.tensors.Text;
import parity.tensors.file.JsonFile;

/** {@code vocab.json}: an object of tokens and their ids. */
final class VocabularyFile {
  private static final String EXPECTED = "Qwen2's tokens and their ids";

  private VocabularyFile() {}

  static Map<String, Integer> read(Path file) {
    Map<String, Integer> vocabulary = new HashMap<>();
    JsonFile.read(file, EXPECTED, (token, id) -> vocabulary.put(token, id(file, token, id)));
    for (int value = 0; value < 256; value++) {
      if (!vocabulary.containsKey(ByteLetters.of(value))) {
        throw new BadInputException(
            "%s: no token for byte 0x%02x ('%s'): expected one for each of the 256, as in the release"
                .formatted(file, value, ByteLetters.of(value)));
      }
    }
    return vocabulary;
  }

  private static int id(Path file, String token, JsonParser value) throws IOException {
    String text = JsonFile.text(value);
    if (text.matches("\\d{1,9}")) {
      return Integer.parseInt(text);
    }
    throw new BadInputException(
        "%s: token %s has the id %s: expected a whole number from 0 to 999999999"
            .formatted(file, Text.quote(token), Text.shown(text)));
  }
}
