package parity.cosyvoice.text;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import parity.cosyvoice.text.TokenizerFiles.Merge;
import parity.tensors.BadInputException;
import parity.tensors.Text;

/**
 * Qwen2's byte pairs as the tokenizers library has them: a text is cut into words, and the bytes of
 * a word are joined pair by pair, as {@code merges.txt} lists the pairs.
 */
final class BytePairEncoding {
  /** {@code PRETOKENIZE_REGEX} of transformers' {@code tokenization_qwen2.py}. */
  private static final Pattern WORDS =
      Pattern.compile(
          "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
              + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

  private final int[] idOfByte;
  private final Map<Long, Word.Joined> pairs;

  private BytePairEncoding(int[] idOfByte, Map<Long, Word.Joined> pairs) {
    this.idOfByte = idOfByte;
    this.pairs = pairs;
  }

  /**
   * Prepares it.
   *
   * @throws BadInputException if a pair or what it is joined to is not in the vocabulary
   */
  static BytePairEncoding of(TokenizerFiles files) {
    int[] idOfByte =
        IntStream.range(0, 256).map(value -> id(files, ByteLetters.of(value))).toArray();
    List<Merge> merges = files.merges();
    Map<Long, Word.Joined> pairs = HashMap.newHashMap(merges.size());
    for (int rank = 0; rank < merges.size(); rank++) {
      Merge merge = merges.get(rank);
      pairs.put(
          Word.pair(id(files, merge.left()), id(files, merge.right())),
          new Word.Joined(rank, id(files, merge.joined())));
    }
    return new BytePairEncoding(idOfByte, pairs);
  }

  private static int id(TokenizerFiles files, String token) {
    Integer id = files.vocabulary().get(token);
    if (id == null) {
      throw new BadInputException(
          "%s: %s is not in vocab.json: expected the two files of one release"
              .formatted(files.folder().resolve("merges.txt"), Text.quote(token)));
    }
    return id;
  }

  /** The ids of a text without special tokens, in Unicode's composed form. */
  int[] encode(String text) {
    IntStream.Builder ids = IntStream.builder();
    Matcher word = WORDS.matcher(text);
    while (word.find()) {
      byte[] bytes = word.group().getBytes(StandardCharsets.UTF_8);
      int[] letters = new int[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        letters[i] = idOfByte[Byte.toUnsignedInt(bytes[i])];
      }
      new Word(letters, pairs).joined(ids);
    }
    return ids.build().toArray();
  }
}
