package parity.cosyvoice.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import parity.tensors.BadInputException;
import parity.tensors.Text;
import parity.tensors.file.JsonFile;

/** {@code tokenizer_config.json}: which tokenizer it is, and its special tokens. */
final class AddedTokensFile {
  private static final Set<String> CLASSES = Set.of("Qwen2Tokenizer", "Qwen2TokenizerFast");
  private static final Set<String> FLAGS = Set.of("lstrip", "rstrip", "single_word", "normalized");

  private AddedTokensFile() {}

  /** {@code added_tokens_decoder}: token by id. */
  static SortedMap<Integer, String> read(Path file) {
    SortedMap<Integer, String> added = new TreeMap<>();
    JsonFile.read(
        file,
        "the configuration of Qwen2's tokenizer",
        (name, value) -> {
          if (name.equals("tokenizer_class")) {
            requireQwen2(file, JsonFile.text(value));
          } else if (name.equals("added_tokens_decoder")
              && value.currentToken() == JsonToken.START_OBJECT) {
            JsonFile.members(
                value, (id, token) -> added.put(id(file, id), content(file, id, token)));
          } else {
            value.skipChildren();
          }
        });
    return added;
  }

  private static void requireQwen2(Path file, String found) {
    if (!CLASSES.contains(found)) {
      throw new BadInputException(
          "%s: tokenizer_class is %s: expected Qwen2Tokenizer, as in CosyVoice3's release"
              .formatted(file, Text.shown(found)));
    }
  }

  private static int id(Path file, String id) {
    if (id.matches("\\d{1,9}")) {
      return Integer.parseInt(id);
    }
    throw new BadInputException(
        "%s: added_tokens_decoder has %s: expected ids from 0 to 999999999"
            .formatted(file, Text.quote(id)));
  }

  private static String content(Path file, String id, JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new BadInputException(
          "%s: token %s is %s: expected an object with content"
              .formatted(file, id, Text.shown(JsonFile.text(json))));
    }
    String[] content = {""};
    JsonFile.members(
        json,
        (name, value) -> {
          if (name.equals("content")) {
            content[0] = JsonFile.text(value);
          } else if (FLAGS.contains(name) && value.currentToken() == JsonToken.VALUE_TRUE) {
            throw new BadInputException(
                "%s: token %s has %s true: expected false, as in CosyVoice3's release"
                    .formatted(file, id, name));
          } else {
            value.skipChildren();
          }
        });
    if (content[0].isEmpty()) {
      throw new BadInputException(
          "%s: token %s has no content: expected its text".formatted(file, id));
    }
    return content[0];
  }
}
