package parity.cosyvoice.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import parity.tensors.BadInputException;
import parity.tensors.Text;

/**
 * {@code Qwen2TokenizerFast} of transformers, which is what upstream's {@code AutoTokenizer} opens,
 * with {@code CosyVoice3Tokenizer}'s special tokens.
 */
final class Qwen2Tokenizer {
  private final SpecialTokens special;
  private final BytePairEncoding pairs;

  Qwen2Tokenizer(SpecialTokens special, BytePairEncoding pairs) {
    this.special = special;
    this.pairs = pairs;
  }

  /**
   * Special tokens are found in the text as it is written, wherever they stand, and blanks beside
   * them stay. What is between them is composed and encoded piece by piece.
   */
  int[] encode(String text) {
    requireUnicode("text", text);
    IntStream.Builder ids = IntStream.builder();
    Matcher found = special.pattern().matcher(text);
    int start = 0;
    while (found.find()) {
      addPiece(text.substring(start, found.start()), ids);
      ids.add(special.id(found.group()));
      start = found.end();
    }
    addPiece(text.substring(start), ids);
    return ids.build().toArray();
  }

  private void addPiece(String piece, IntStream.Builder ids) {
    for (int id : pairs.encode(Composed.of(piece))) {
      ids.add(id);
    }
  }

  /** Refuses half a surrogate pair, as transformers does: it has no UTF-8 form. */
  static void requireUnicode(String what, String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new BadInputException(
          "%s: %s has half a surrogate pair: expected Unicode; give it anew, as UTF-8"
              .formatted(what, Text.quote(text)));
    }
  }
}
